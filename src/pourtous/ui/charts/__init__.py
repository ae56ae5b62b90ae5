"""Charts drawn by the server, each with its table: `{% chart chart %}` shows one, in a page that links `ui/charts.css`.

    chart = bars(_("Themes"), [("Démarches", 412), …], note=_("Procedures come first."), rule=…, source=…, on=today)

Every maker takes a title and, by keyword, what is told around it (`Told`). Labels and titles are plain text: they are
escaped here. No rows give a sentence in place of the drawing. `chart.columns` and `chart.rows` are the table, raw.
"""

from pourtous.ui.charts.chart import Chart, Number, Told
from pourtous.ui.charts.maps import Outline, Outlines, commune_map
from pourtous.ui.charts.plots import columns, lines
from pourtous.ui.charts.rows import bars, funnel, stacked, steps_before_after

__all__ = [
    "Chart",
    "Number",
    "Outline",
    "Outlines",
    "Told",
    "bars",
    "columns",
    "commune_map",
    "funnel",
    "lines",
    "stacked",
    "steps_before_after",
]
