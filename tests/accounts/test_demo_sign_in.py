"""The page of roles exists in a demonstration only, and production refuses to start with it."""

import os
import subprocess
import sys

import pytest

from pourtous.accounts.models import User
from pourtous.accounts.queries import demo
from tests.accounts.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/demo/entrer/"


@pytest.fixture
def person():
    post = MembershipFactory(unit__capabilities=["mediation"], user__with_second_factor=False)
    User.objects.filter(pk=post.user_id).update(password="")
    return User.objects.get(pk=post.user_id)


def test_one_click_signs_in_without_second_factor(client, person):
    assert person.name in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"user": person.pk}).url == "/travail/"
    assert client.get("/travail/").status_code == 200


def test_opening_the_page_signs_nobody_in(client, person):
    client.get(PAGE, {"user": person.pk})
    assert client.get("/travail/").status_code == 302


def test_people_with_a_password_are_not_on_the_page(client):
    user = UserFactory(name="Vraie personne")
    assert "Vraie personne" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"user": user.pk}).status_code == 404


@pytest.mark.parametrize("user", ["", "x", "\0", "00000000-0000-7000-8000-000000000000", "9" * 999])
def test_nobody_by_that_name(client, user):
    assert client.post(PAGE, {"user": user}).status_code == 404


def test_the_mark_is_worth_nothing_without_the_setting(client, person, settings):
    client.post(PAGE, {"user": person.pk})
    settings.DEMO_SIGN_IN = False
    assert client.get("/travail/").url == "/compte/second-facteur/activer/"
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"user": person.pk}).status_code == 404


def test_the_exemption_belongs_to_that_session(client, person):
    client.force_login(person)
    assert client.get("/travail/").url == "/compte/second-facteur/activer/"


def test_the_list_takes_few_queries(client, person, django_assert_max_num_queries):
    MembershipFactory.create_batch(5, user__password="")
    with django_assert_max_num_queries(4):
        client.get(PAGE)


@pytest.mark.parametrize("flag", ["POURTOUS_DEMO_SIGN_IN", "POURTOUS_DEBUG"])
def test_production_refuses_to_start_with_it(flag, tmp_path):
    asked = {
        **os.environ,
        flag: "1",
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.production",
        "POURTOUS_DATA_DIR": str(tmp_path),
    }
    code = "import django; django.setup()"
    run = subprocess.run([sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert flag in run.stderr


def test_production_has_no_page_of_roles(tmp_path):
    asked = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pourtous.config.settings.production",
        "POURTOUS_DATA_DIR": str(tmp_path),
        "POURTOUS_PUBLIC_URL": "https://pourtous.example",
    }
    code = "import django; django.setup(); from django.urls import reverse; reverse('demo-sign-in')"
    run = subprocess.run([sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "NoReverseMatch" in run.stderr


def test_the_session_is_in_the_list_of_ones_own(client, person):
    client.post(PAGE, {"user": person.pk})
    assert len(client.get("/travail/moi/").context["sessions"]) == 1


def test_somebody_without_password_is_sent_to_choose_one(client, person):
    User.objects.filter(pk=person.pk).update(password="!none")
    client.post(PAGE, {"user": person.pk})
    assert client.get("/compte/mot-de-passe/", follow=True).status_code == 200


def test_where_roles_are_named_only_their_people_are_shown(client, person):
    before = list(demo._roles)
    demo.show_roles([demo.DemoRole("Aider", ((person.email, "Une journée bien remplie"), ("nobody@x.example", "")))])
    other = MembershipFactory().user
    User.objects.filter(pk=other.pk).update(password="")
    try:
        page = client.get(PAGE).content.decode()
    finally:
        demo.show_roles(before)
    assert "Une journée bien remplie" in page
    assert other.name not in page
    assert client.post(PAGE, {"user": other.pk}).status_code == 302
