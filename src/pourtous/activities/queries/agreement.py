"""Whether figures counted ahead agree with the activities: for `pourtous verify`."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Min, Sum

from pourtous.activities.models import Activity, MonthCount, TerritoryCount
from pourtous.activities.queries.figures import FiguresFilter, figures, figures_read
from pourtous.activities.rules.tally import Tally, first_of, month_after


def faults() -> Iterator[str]:
    """A sentence for each year whose figures differ between the two ways of counting, and each month added up wrongly."""
    for month in sorted(_months_apart()):
        yield f"{month:%Y-%m}: the figures of all mediators together are not the sum of theirs"
    first = Activity.objects.aggregate(day=Min("day"))["day"] or MonthCount.objects.aggregate(day=Min("month"))["day"]
    last = Activity.objects.aggregate(day=Max("day"))["day"]
    if first is None:
        return
    for year in range(first.year, (last or first).year + 1):
        january = first_of(first.replace(year=year, month=1, day=1))
        period = FiguresFilter(since=january, until=month_after(january.replace(month=12)))
        ahead, read = figures(period), figures_read(period)
        if ahead != read:
            wrong = [
                " ".join(cell)
                for cell in ahead.cells.keys() | read.cells.keys()
                if ahead.cells.get(cell) != read.cells.get(cell)
            ]
            yield f"{year}: {', '.join(sorted(wrong)) or 'people'} were counted otherwise"


def _months_apart() -> set[date]:
    """Months whose counts of all mediators together are not the sum of each one's."""
    sums = {name: Sum(name) for name in Tally._fields}
    cells = ("month", "dimension", "value")
    each = set(MonthCount.objects.order_by().values_list(*cells).annotate(**sums))
    together = set(TerritoryCount.objects.order_by().values_list(*cells, *Tally._fields))
    return {row[0] for row in each ^ together}
