"""Commands: reference data after `pourtous migrate`."""

from pourtous.kernel import clock
from pourtous.runtime.registry import after_migrate
from pourtous.territories import operations


@after_migrate
def load_reference() -> None:
    """Communes, EPCI and history of the territory's départements."""
    operations.load_reference(now=clock.now())
