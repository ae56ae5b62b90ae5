"""The one error a person can act on."""


class DomainError(Exception):
    """Why an operation did not happen, in a sentence for the person who asked (translated when shown).

    `field` names the form field or file column at fault, when one is.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
