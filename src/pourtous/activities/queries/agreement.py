"""Whether figures counted ahead agree with the activities: for `pourtous verify`."""

from collections.abc import Iterator

from django.db.models import Max, Min

from pourtous.activities.models import Activity, MonthCount
from pourtous.activities.queries.figures import FiguresFilter, figures, figures_read
from pourtous.activities.rules.tally import first_of, month_after


def faults() -> Iterator[str]:
    """A sentence for each year whose figures differ between the two ways of counting."""
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
