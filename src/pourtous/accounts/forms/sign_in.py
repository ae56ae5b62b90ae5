"""Forms of sign-in: allauth's, with our labels, hints and cleaning."""

from typing import Any, cast

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Invitation, User
from pourtous.accounts.operations.people import NAME_LENGTH
from pourtous.ui.forms import CleanText, Form, Words

_PASSWORD_HINT = _("Twelve signs or more. A sentence works well.")
_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--short"}


class Plain(CleanText):
    """Allauth's fields said our way: `words` gives (label, hint) by field; placeholders go."""

    words: dict[str, tuple[Words, Words]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words.get(name, (field.label or "", ""))
            field.label, field.help_text = cast("str", label), cast("str", hint)


class SignInForm(Plain, account.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    words = {"login": (_("Work e-mail address"), ""), "password": (_("Password"), _PASSWORD_HINT)}  # noqa: RUF012


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    """An address to send a link to."""

    words = {"email": (_("Work e-mail address"), "")}  # noqa: RUF012


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, typed twice, from the link of an e-mail."""

    words = {"password1": (_("New password"), _PASSWORD_HINT), "password2": (_("The same once more"), "")}  # noqa: RUF012


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one, typed twice."""

    words = {"oldpassword": (_("Present password"), ""), **NewPasswordForm.words}  # noqa: RUF012


class ConfirmPasswordForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": (_("Your password"), "")}  # noqa: RUF012


class _Code(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(_CODE)


class CodeForm(_Code, factor.AuthenticateForm):  # type: ignore[misc]
    """The code of the application, or a recovery code."""

    words = {"code": (_("Code"), _("The six digits your application shows now, or a recovery code."))}  # noqa: RUF012


class ConfirmCodeForm(_Code, factor.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something that matters."""

    words = CodeForm.words


class ActivateForm(_Code, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new application."""

    words = {"code": (_("Code"), _("The six digits your application shows now."))}  # noqa: RUF012


class ProfileForm(Form):
    """One's own name."""

    name = forms.CharField(
        label=_("First name and name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class JoinForm(ProfileForm):
    """Name and password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_PASSWORD_HINT,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any] | None:
        """Judge the password, knowing the name, the address and the team."""
        cleaned: dict[str, Any] | None = super().clean()
        if (password := self.cleaned_data.get("password")) is not None:
            try:
                get_adapter().clean_password(password, self._future_user())
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def _future_user(self) -> User:
        user = User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
        unit = self.invitation.unit
        user.invited_to = (unit.name, unit.organisation.name)  # type: ignore[attr-defined]
        return user
