"""What the sample document says."""

from typing import Any

from django.utils.translation import gettext as _

from pourtous.ui import documents

TEMPLATE = "ui/samples/sheet.typ"


def sheet(*, large: bool) -> dict[str, Any]:
    """A person's workshop, with every part of a document; large: in the size of what people take home."""
    return {
        "large": large,
        "intro": _("Mrs R. Alonso, your workshop:"),
        "heading": _("Tuesday 24 November at 10"),
        "facts": [
            (_("Workshop"), _("First steps with my telephone")),
            (_("Where"), "Le Cabanon numérique\n14, quai des Jouteurs\n34110 Frontignan"),
            (_("Come"), _("Bus 10, stop Les Salins.") + "\n" + _("No step at the entrance.")),
            (_("Price"), _("1 pass. You pay nothing.")),
        ],
        "qr": documents.qr("https://pourtous.example/r/K74092"),
        "qr_label": _("See it on the Internet"),
        "code": "K7 – 40 – 92",
        "bring_title": _("To take with you"),
        "bring": [_("Your telephone, charged"), _("Your book of passes"), _("Your glasses")],
        "next_title": _("What happens"),
        "next": _("Inès welcomes you at the entrance. You will be six. Each goes at their own pace."),
        "note_title": _("You cannot come?"),
        "note": _("Call us. You keep your pass."),
        "table_title": _("The nearest place, by town"),
        "table_header": [_("Town"), _("Nearest place"), _("Travel")],
        "table": [
            ["Olonzac", "Médiathèque du Minervois", "31 min"],
            ["Roujan", "Le Grenier à clics", "22 min"],
            ["Mèze", "La Grange connectée", "3 min"],
        ],
        "sign_title": _("Signatures"),
        "signs": [
            {"title": "Rosa Alonso", "lines": [_("Date:"), _("Signature:")]},
            {"title": "Inès Martin", "lines": [_("Date:"), _("Signature:")]},
        ],
    }
