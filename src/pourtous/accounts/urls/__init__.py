"""Addresses of signing in and of one's account; `work` and `demo` beside this file have the others."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from pourtous.accounts.views import invitations, second_factor
from pourtous.kernel.access import PUBLIC, SIGNED_IN

Patterns = list[URLPattern | URLResolver]

# The views of allauth that we use, and no other.
urlpatterns: Patterns = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("connexion/code/", factor.authenticate, name="mfa_authenticate"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path(
        "mot-de-passe/premier/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", RedirectView.as_view(pattern_name="profile"), name="mfa_index"),
    path("second-facteur/activer/", second_factor.activate, name="mfa_activate_totp"),
    path("second-facteur/changer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes-de-secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes-de-secours/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes-de-secours/fichier/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
]
# allauth's views say nothing of access themselves.
access = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}
