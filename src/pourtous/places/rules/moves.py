"""The states of a place and of a report, and which may follow which."""

from pourtous.places.enums import PlaceState, ReportState

PLACE_MOVES: dict[PlaceState, frozenset[PlaceState]] = {
    PlaceState.PUBLISHED: frozenset({PlaceState.HIDDEN, PlaceState.CLOSED}),
    PlaceState.HIDDEN: frozenset({PlaceState.PUBLISHED, PlaceState.CLOSED}),
    PlaceState.CLOSED: frozenset({PlaceState.PUBLISHED}),  # closed by mistake, or opened again
}
REPORT_MOVES: dict[ReportState, frozenset[ReportState]] = {
    ReportState.RECEIVED: frozenset({ReportState.SETTLED, ReportState.DISMISSED}),
    ReportState.SETTLED: frozenset(),
    ReportState.DISMISSED: frozenset(),
}


def places_before(state: PlaceState) -> list[PlaceState]:
    """The states from which a place may come to this one."""
    return [before for before, after in PLACE_MOVES.items() if state in after]


def reports_before(state: ReportState) -> list[ReportState]:
    """The states from which a report may come to this one."""
    return [before for before, after in REPORT_MOVES.items() if state in after]
