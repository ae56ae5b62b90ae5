"""Production: refuses to start with what only a demonstration may do."""

from django.core.exceptions import ImproperlyConfigured

from pourtous.config.environment import flag
from pourtous.config.settings.base import *  # noqa: F403
from pourtous.config.settings.base import BEHIND_PROXY, PUBLIC_URL, SMS

if flag("POURTOUS_DEMO_SIGN_IN"):
    msg = "POURTOUS_DEMO_SIGN_IN signs anybody in: it cannot be set in production."
    raise ImproperlyConfigured(msg)
if flag("POURTOUS_DEBUG"):
    msg = "POURTOUS_DEBUG cannot be set in production."
    raise ImproperlyConfigured(msg)
if SMS["backend"] == "http" and not (str(SMS["url"]).startswith("https://") and SMS["headers"]):
    msg = "POURTOUS_SMS_URL must begin with https:// and POURTOUS_SMS_HEADERS hold the secret of the service."
    raise ImproperlyConfigured(msg)

IS_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:  # the prefix binds a cookie to this very host
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# The proxy holds the certificate: it says which requests came by https; others are sent there. Not the API's, whose
# clients would never notice that what they ask travels in the clear.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = IS_HTTPS and BEHIND_PROXY
SECURE_REDIRECT_EXEMPT = [r"^api/v"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# Entering browsers' preload list binds every site of the domain for years: its owner's choice, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
