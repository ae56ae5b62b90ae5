"""Settings common to all installations. What a territory chooses comes from the environment (docs/operations.md)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from pourtous.config.environment import data_dir, flag, headers, secret_key, words

PACKAGE = Path(__file__).resolve().parents[2]
DATA_DIR = data_dir()

SECRET_KEY = secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = words("POURTOUS_OLD_SECRET_KEYS")
DEBUG = False
DEMO = False
# The public address, for links in messages, QR codes and sitemaps; the server answers to its name.
PUBLIC_URL = os.environ.get("POURTOUS_PUBLIC_URL", "http://localhost:8000").rstrip("/")
_PUBLIC = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = words("POURTOUS_ALLOWED_HOSTS", f"localhost 127.0.0.1 [::1] {_PUBLIC.hostname}")
CSRF_TRUSTED_ORIGINS = words("POURTOUS_TRUSTED_ORIGINS", f"{_PUBLIC.scheme}://{_PUBLIC.netloc}")

# --- The territory: never text in templates.
TERRITORY = {
    "departements": words("POURTOUS_DEPARTEMENTS", "34"),
    "name": os.environ.get("POURTOUS_TERRITORY_NAME", "Hérault"),
    "in_name": os.environ.get("POURTOUS_TERRITORY_IN_NAME", "dans l’Hérault"),
    "programme": os.environ.get("POURTOUS_PROGRAMME", "Programme du Département de l’Hérault"),
    "publisher": os.environ.get("POURTOUS_PUBLISHER", "Département de l’Hérault"),
    "publisher_address": os.environ.get("POURTOUS_PUBLISHER_ADDRESS", ""),
    "publication_director": os.environ.get("POURTOUS_PUBLICATION_DIRECTOR", ""),
    "hosting": os.environ.get("POURTOUS_HOSTING", ""),
    "data_protection_officer": os.environ.get("POURTOUS_DPO", ""),
    "school_zone": os.environ.get("POURTOUS_SCHOOL_ZONE", "C"),
    "help_phone": os.environ.get("POURTOUS_HELP_PHONE", ""),
    "help_hours": os.environ.get("POURTOUS_HELP_HOURS", ""),
    "help_name": os.environ.get("POURTOUS_HELP_NAME", ""),
    "help_address": os.environ.get("POURTOUS_HELP_ADDRESS", ""),
    "help_email": os.environ.get("POURTOUS_HELP_EMAIL", ""),
}
# A picture (SVG or PNG file) printed beside the wordmark at the top of documents. Empty: the publisher's name.
LOGO = os.environ.get("POURTOUS_LOGO", "")
# One tile origin, opened by the content security policy on map pages only. Empty: outlines of communes.
MAP_TILES = os.environ.get("POURTOUS_MAP_TILES", "")
MAP_ATTRIBUTION = os.environ.get("POURTOUS_MAP_ATTRIBUTION", "")
# Whether professionals may connect calendars of servers inside a closed network: those of the own intranet.
OUTSIDE_CALENDARS_MAY_BE_PRIVATE = os.environ.get("POURTOUS_PRIVATE_CALENDARS", "") == "1"

# How many days after it an activity may still be recorded.
ACTIVITY_OLDEST_DAYS = int(os.environ.get("POURTOUS_ACTIVITY_OLDEST_DAYS", "400"))

# --- Apps, from the ground up (docs/architecture.md).
INSTALLED_APPS = [
    "pourtous.ui",
    "pourtous.audit",
    "pourtous.runtime",
    "pourtous.messaging",
    "pourtous.territories",
    "pourtous.accounts",
    "pourtous.people",
    "pourtous.places",
    "pourtous.agenda",
    "pourtous.activities",
    "pourtous.passes",
    "pourtous.portal",
    "pourtous.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "js_lib_leaflet",
    "django_tasks",
    "django_tasks_db",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "pourtous.api.middleware.ApiDoor",
    "csp.middleware.CSPMiddleware",
    "pourtous.ui.middleware.RefuseNulBytes",
    "pourtous.ui.middleware.RefuseTooBig",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pourtous.accounts.middleware.SessionLimits",
    "pourtous.accounts.middleware.SecondFactorRequired",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pourtous.portal.middleware.SayWhatIsNotAllowed",
]
ROOT_URLCONF = "pourtous.config.urls"
WSGI_APPLICATION = "pourtous.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pourtous.ui.context.territory",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "pourtous.ui.templatetags.ui"],
        },
    },
]
FORM_RENDERER = "pourtous.ui.forms.Renderer"

# --- Database. SQLite is set so that writers queue instead of failing, and what is acknowledged is on disk.
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'pourtous.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=1073741824;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "runtime_cache"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Language and time.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]  # each in its own words
LOCALE_PATHS = [PACKAGE / "kernel" / "locale"]  # apps are found by themselves
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- Accounts: e-mail and password, then a second factor, for professionals only. docs: accounts/README.md.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "pourtous.accounts.validators.NotGuessable"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work-home"
ACCOUNT_ADAPTER = "pourtous.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "pourtous.accounts.forms.sign_in.SignInForm",
    "reset_password": "pourtous.accounts.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "pourtous.accounts.forms.sign_in.NewPasswordForm",
    "change_password": "pourtous.accounts.forms.sign_in.ChangePasswordForm",
    "reauthenticate": "pourtous.accounts.forms.sign_in.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is accepted from the address itself
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nothing is sent to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False  # closed with the browser
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# Limits let twenty people of one hall (one network address) sign in within a minute. Failures are counted for each
# account on each network, so that a stranger elsewhere cannot lock its owner out; behind them is the second factor.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,10/10m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "pourtous.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "pourtous.accounts.forms.sign_in.CodeForm",
    "reauthenticate": "pourtous.accounts.forms.sign_in.ConfirmCodeForm",
    "activate_totp": "pourtous.accounts.forms.sign_in.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pourtous"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones half a minute off
# Booking without account: coming appointments of one phone or e-mail and how many it may make in a day; sendings of one
# network (a hall shares one) in an hour; wrong codes of one network in ten minutes; until when one may move it oneself.
# From `unusual_…` bookings of one network or one contact within a day on, a code must be typed before the next.
BOOKING = {
    "per_contact": 3,
    "per_contact_a_day": 6,
    "per_network": 60,
    "held_per_network": 20,
    "unusual_network": 12,
    "unusual_contact": 2,
    "guesses": 10,
    "change_hours": 4,
}
# Codes of passes that are not ours, in ten minutes, before a network or an account waits: a counter mistypes now and then.
PASS_GUESSES = {"per_network": 60, "per_account": 20}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 3600  # at most, however busy: accounts.middleware.SessionLimits
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pourtous.portal.views.errors.expired"

# --- The API. What a proxy of ours says of the client is believed only when there is one.
API_REQUESTS_PER_MINUTE = int(os.environ.get("POURTOUS_API_REQUESTS_PER_MINUTE", "600"))
BEHIND_PROXY = flag("POURTOUS_BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# --- Static files and private files.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
MAX_REQUEST_BYTES = 12 << 20  # a file of 10 MB and its form
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

# --- Browser security: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Messages: written to a folder by default; "console", or "smtp" with POURTOUS_SMTP_URL.
DEFAULT_FROM_EMAIL = os.environ.get("POURTOUS_FROM_EMAIL", "pourtous@localhost")
SMTP_URL = os.environ.get("POURTOUS_SMTP_URL", "")
MESSAGING = {
    "email": os.environ.get("POURTOUS_EMAIL_BACKEND", "smtp" if SMTP_URL else "file"),
    "smtp_url": SMTP_URL,
    "folder": DATA_DIR / "outbox",
}
# Text messages: written to the same folder by default; "console", or "http" with the web service of an operator.
SMS_URL = os.environ.get("POURTOUS_SMS_URL", "")
SMS: dict[str, Any] = {
    "backend": os.environ.get("POURTOUS_SMS_BACKEND", "http" if SMS_URL else "file"),
    "url": SMS_URL,
    "headers": headers("POURTOUS_SMS_HEADERS"),  # the secret is in one of them
    "body": os.environ.get("POURTOUS_SMS_BODY", '{"to": "{to}", "text": "{text}", "reference": "{id}"}'),
    "sender": os.environ.get("POURTOUS_SMS_SENDER", "Pourtous"),
    "timeout": float(os.environ.get("POURTOUS_SMS_TIMEOUT", "10")),  # seconds
    "receipt_token": os.environ.get("POURTOUS_SMS_RECEIPT_TOKEN", ""),
    "per_day": int(os.environ.get("POURTOUS_SMS_PER_DAY", "1000")),  # parts, all numbers together
    "per_number": int(os.environ.get("POURTOUS_SMS_PER_NUMBER", "10")),  # parts, for one number in a day
}

# --- People: files (people/README.md). Months a check stays valid; 0: until somebody withdraws it.
PEOPLE_BULK_READINGS = int(os.environ.get("POURTOUS_BULK_READINGS", "30"))  # files a user opens within an hour
PEOPLE_OPENING_DAYS = int(os.environ.get("POURTOUS_OPENING_DAYS", "1"))  # how long a reason opens a file; 1: today
PEOPLE_CRITERIA_MONTHS = {
    "rsa": 3,
    "minimum_benefit": 12,
    "jobseeker": 6,
    "no_diploma": 0,
    "senior": 0,
    "no_device": 12,
    "no_connection": 12,
    "isolated": 12,
    "french": 12,
    "reading": 12,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"short": {"()": "pourtous.ui.logs.OneLineForBadBodies"}},
    "formatters": {"masked": {"()": "pourtous.ui.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["short"], "formatter": "masked"}},
    "loggers": {"django": {"handlers": []}},  # everything through the one handler above, which masks
    "root": {"handlers": ["console"], "level": os.environ.get("POURTOUS_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
DEMO_SIGN_IN = flag("POURTOUS_DEMO_SIGN_IN")
