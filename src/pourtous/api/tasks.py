"""Work that is done before anybody asks."""

from datetime import datetime

from pourtous.api import open_data
from pourtous.places.exporters import editions
from pourtous.runtime.schedule import every


@every(minutes=5)
def make_open_data(_now: datetime) -> None:
    """The files of /donnees/ for the present state of the directory, unless they are there."""
    open_data.ensure(editions.present(), open_data.FORMATS[0])
