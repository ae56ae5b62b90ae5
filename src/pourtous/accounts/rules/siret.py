"""The number of an establishment in the French register."""

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from pourtous.kernel.errors import DomainError

# Lists write this where there is no number. It passes the check sum, and means nothing.
NONE_WRITTEN = "0" * 14


def read_siret(text: str) -> str:
    """Fourteen digits from what was typed; "" when nothing was. DomainError when it cannot be a SIRET.

    Several sites may share one: nothing here is about being unique.
    """
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    if not digits:
        return ""
    try:
        number = siret.validate(digits)
    except ValidationError as error:
        raise DomainError(
            _("This SIRET is not right. It has 14 digits. Leave it empty when there is none."), field="siret"
        ) from error
    if number == NONE_WRITTEN:
        raise DomainError(_("Fourteen zeros are not a SIRET. Leave it empty when there is none."), field="siret")
    return str(number)
