"""Languages people are spoken and written to in: BCP 47 codes, the most asked for in France first."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: tuple[tuple[str, str | Promise], ...] = (
    ("fr", _("French")),
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("uk", _("Ukrainian")),
    ("tr", _("Turkish")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("ro", _("Romanian")),
    ("sq", _("Albanian")),
    ("ka", _("Georgian")),
    ("fa", _("Dari or Persian")),
    ("ps", _("Pashto")),
    ("it", _("Italian")),
    ("de", _("German")),
    ("pl", _("Polish")),
    ("zh", _("Chinese")),
    ("vi", _("Vietnamese")),
    ("bm", _("Bambara")),
    ("ber", _("Berber")),
    ("rom", _("Romani")),
)


def language_name(code: str) -> str:
    """The name of a language; the code itself when it is not in the list."""
    return str(dict(LANGUAGES).get(code, code))
