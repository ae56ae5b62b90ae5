"""Charts of the page of components: each kind with every state. Figures and shapes are invented."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pourtous.ui.charts import (
    Chart,
    Outline,
    Outlines,
    Told,
    bars,
    columns,
    commune_map,
    funnel,
    lines,
    stacked,
    steps_before_after,
)

_DAY = date(2026, 11, 23)
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_THEMES = [
    ("Démarches administratives", 412),
    ("Prendre en main un ordinateur", 268),
    ("Créer, envoyer et recevoir des courriels avec des pièces jointes, depuis un téléphone ou un ordinateur", 191),
    ("Sécurité", 74),
    ("Culture numérique", 0),
]
_BOOKS = [
    ("Chéquiers remis", 1840),
    ("1re séance réservée", 1510),
    ("1re séance faite", 1196),
    ("Cinq pass utilisés", 718),
    ("Chéquier fini", 331),
]
_SKILLS = [
    ("Allumer et éteindre", 2, 3),
    ("Écrire un message", 0, 2),
    ("Joindre un fichier", 1, 1),
    ("Reconnaître un message trompeur", 2, 1),
    ("Payer en ligne", 1, None),
]
_AGES = [
    ("Homme", (12, 80, 121, 64)),
    ("Femme", (20, 96, 190, 143)),
    ("Non dit", (0, 0, 3, 0)),
    ("Personne", (0, 0, 0, 0)),
]


def sample_charts() -> Sequence[tuple[str | Promise, list[Chart]]]:
    """Groups of charts with their title."""
    return (
        (_("Bars"), _bars()),
        (_("Steps and losses"), _rows()),
        (_("Over time"), _plots()),
        (_("Maps"), _maps()),
    )


def _bars() -> list[Chart]:
    rule = _("one accompaniment for each person")
    told = Told(rule=rule, source="Pourtous", on=_DAY, note=_("Themes since 1 January."))
    last_year = [("Démarches administratives", 455), ("Prendre en main un ordinateur", 160), ("Sécurité", 20)]
    return [
        bars(_("Procedures come first"), _THEMES, **told),
        bars(_("Compared with last year"), _THEMES, compared=last_year, unit="h"),
        bars(_("One row"), [("Frontignan", 3)]),
        bars(_("Huge numbers"), [("Locaux raccordables", 158_400_123), ("Locaux prévus", 260_000_000)]),
        bars(_("Nothing to show"), []),
        bars(_("Nothing but zeros"), [("Sète", 0), ("Mèze", 0)]),
    ]


def _rows() -> list[Chart]:
    ages = ("Moins de 18 ans", "18 à 39 ans", "40 à 64 ans", "65 ans et plus")
    return [
        funnel(_("Where books stop"), _BOOKS, rule=_("books handed over since 1 July"), on=_DAY),
        steps_before_after(_("Skills before and after"), _SKILLS),
        stacked(_("Ages of the people helped"), _AGES, ages, source="Pourtous"),
        stacked(_("Seven parts"), [("Lieux", (40, 30, 20, 10, 5, 3, 2))], [f"Partie {n}" for n in range(1, 8)]),
        funnel(_("Nothing lost"), [("Demandes", 4), ("Remises", 4)]),
        steps_before_after(_("No diagnosis yet"), [], empty=_("The first diagnosis shows here.")),
    ]


def _plots() -> list[Chart]:
    done = [210, 180, 490, 710, 820]
    days = [(f"{n} nov.", (n * 37) % 23) for n in range(1, 31)]
    three: list[tuple[str, list[int | None]]] = [
        ("Individuel", [*done]),
        ("Atelier", [120, None, 300, 340, 300]),
        ("Ponctuel", [40, 60, None, 90, 610]),
    ]
    return [
        lines(_("Passes used each month"), _MONTHS[6:11], [("Pass utilisés", done)], goal=[450, 600, 700, 800, 930]),
        lines(_("Three lines, with a gap"), _MONTHS[6:11], three, goal=500),
        columns(_("Activities each month"), list(zip(_MONTHS, (n * n * 7 for n in range(1, 13)), strict=True))),
        columns(_("Activities each day"), days),
        columns(_("One month, huge"), [("nov.", 1_234_567)]),
        lines(_("No line"), [], [("Pass utilisés", [])]),
    ]


def _maps() -> list[Chart]:
    shapes = _honeycomb()
    minutes = {one.code: (n * 7) % 41 for n, one in enumerate(shapes.communes) if n % 11}
    named = ("90003", "90017", "90030")
    return [
        commune_map(
            _("Time to the nearest place"),
            minutes,
            shapes,
            bands=(5, 10, 20, 30),
            worst_is_highest=True,
            named=named,
            unit="min",
            note=_("By car. Shapes are invented."),
        ),
        commune_map(_("Sessions, in three bands"), minutes, shapes, bands=3),
        commune_map(_("No figure yet"), {}, shapes),
    ]


def _honeycomb() -> Outlines:
    """Invented communes: hexagons."""
    cells = [(column, row) for row in range(5) for column in range(8)]
    communes = [
        Outline(f"900{n:02}", f"Commune {n + 1}", f"M{x} {y}l60 35v70l-60 35l-60-35v-70z", x, y + 70)
        for n, (column, row) in enumerate(cells)
        for x, y in [(60 + 120 * column + 60 * (row % 2), 105 * row)]
    ]
    return Outlines(1020, 560, communes)
