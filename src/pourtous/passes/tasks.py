"""Work of the app that runs by itself, and what it proves."""

from collections.abc import Iterator

from pourtous.passes.queries import proof
from pourtous.runtime.verification import check


@check("Passes, ledger and claims tell one story to the cent")
def money() -> Iterator[str]:
    """A sentence for each thing that does not balance."""
    return proof.faults()
