"""How acts are called on screen: each app names its own verbs in its `verbs.py`."""

from django.utils.functional import Promise

_names: dict[str, str | Promise] = {}


def name_verbs(names: dict[str, str | Promise]) -> None:
    """Say how verbs are called: `name_verbs({"places.edit": _("Edited a place")})`."""
    _names.update(names)


def verb_name(verb: str) -> str:
    """The words for a verb; the verb itself when nobody named it."""
    return str(_names.get(verb, verb))
