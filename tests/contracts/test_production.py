"""Production settings, as an installation starts with them."""

import json
import os
import subprocess
import sys

import pytest

_ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
asked = {"HTTP_HOST": "aide.departement.example"}
secure = {**asked, "HTTP_X_FORWARDED_PROTO": "https"}
forms = Client(enforce_csrf_checks=True)
print(json.dumps({
    "checks": [one.id for one in run_checks(include_deployment_checks=True) if not one.is_silenced()],
    "plain": (answer := Client().get("/robots.txt", **asked)).status_code,
    "leads": answer.headers.get("Location", ""),
    "api": Client().get("/api/v1/absent", **asked).status_code,
    "secure": (page := Client().get("/robots.txt", **secure)).status_code,
    "hsts": page.headers.get("Strict-Transport-Security", ""),
    "names": settings.ALLOWED_HOSTS,
    "language": forms.post("/langue/", {"language": "en"}, **secure).cookies["django_language"].OutputString(),
}))
"""


def told(tmp_path, **changed):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.production",
        "POURTOUS_DATA_DIR": str(tmp_path),
        "POURTOUS_PUBLIC_URL": "https://aide.departement.example",
        "POURTOUS_BEHIND_PROXY": "1",
        **changed,
    }
    run = subprocess.run([sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def behind_a_proxy(tmp_path_factory):
    return told(tmp_path_factory.mktemp("production"))


def test_django_finds_nothing_to_say_of_the_deployment(behind_a_proxy):
    assert behind_a_proxy["checks"] == []


def test_pages_asked_in_the_clear_are_sent_to_https(behind_a_proxy):
    assert (behind_a_proxy["plain"], behind_a_proxy["leads"]) == (301, "https://aide.departement.example/robots.txt")


def test_the_api_is_not(behind_a_proxy):
    assert behind_a_proxy["api"] == 404


def test_a_secure_page_says_so_and_its_cookies_too(behind_a_proxy):
    assert behind_a_proxy["secure"] == 200
    assert behind_a_proxy["hsts"] == "max-age=31536000; includeSubDomains"
    assert {"Secure", "HttpOnly"} <= set(behind_a_proxy["language"].split("; "))


def test_no_name_but_its_own_is_answered(behind_a_proxy):
    assert set(behind_a_proxy["names"]) == {"localhost", "127.0.0.1", "[::1]", "aide.departement.example"}


def refused(tmp_path, **changed):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.production",
        "POURTOUS_DATA_DIR": str(tmp_path),
        **changed,
    }
    asked = [sys.executable, "-c", "from django.conf import settings; settings.SMS"]
    run = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    return run.returncode != 0 and "POURTOUS_SMS_URL" in run.stderr


@pytest.mark.parametrize(
    ("changed", "is_refused"),
    [
        ({"POURTOUS_SMS_URL": "https://sms.example/send"}, True),
        ({"POURTOUS_SMS_URL": "http://sms.example/send", "POURTOUS_SMS_HEADERS": "Authorization: x"}, True),
        ({"POURTOUS_SMS_BACKEND": "http"}, True),
        ({"POURTOUS_SMS_URL": "https://sms.example/send", "POURTOUS_SMS_HEADERS": "Authorization: x"}, False),
        ({}, False),
    ],
)
def test_text_messages_leave_by_https_and_with_a_secret_or_not_at_all(tmp_path, changed, is_refused):
    assert refused(tmp_path, **changed) == is_refused
