"""Signing in, as a browser does it, with the second factor."""

import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.test import Client
from django.utils.html import escape

from pourtous.accounts.models import User
from pourtous.messaging.models import Message
from tests.accounts.factories import PASSWORD, MembershipFactory, UserFactory, someone

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()
LOGIN = "/compte/connexion/"


@pytest.fixture
def user():
    made = MembershipFactory(user__with_second_factor=False).user
    TOTP.activate(made, SECRET)
    return made


@pytest.fixture(autouse=True)
def _fresh_limits():
    from django.core.cache import cache

    cache.clear()


def code(secret=SECRET, step=0):
    return f"{hotp_value(secret, int(time.time()) // 30 + step):06d}"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra.pop("data", {})}, **extra)


class TestSignIn:
    def test_password_then_code(self, client, user):
        answer = sign_in(client, user.email)
        assert answer.url == "/compte/connexion/code/"
        assert client.get("/travail/").status_code == 302
        answer = client.post(answer.url, {"code": code()})
        assert answer.url == "/travail/"
        assert client.get("/travail/").status_code == 200

    def test_capitals_in_the_address_do_not_matter(self, client, user):
        assert sign_in(client, user.email.upper()).status_code == 302

    def test_a_wrong_password_and_an_unknown_address_answer_alike(self, client, user):
        wrong = sign_in(client, user.email, "not this one")
        unknown = sign_in(client, "personne@structure.example", "not this one")
        assert wrong.status_code == unknown.status_code == 200
        said = [list(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]
        assert said[0] == said[1] != []

    def test_a_code_serves_once(self, client, user):
        used = code()
        sign_in(client, user.email)
        client.post("/compte/connexion/code/", {"code": used})
        client.post("/compte/deconnexion/")
        sign_in(client, user.email)
        again = client.post("/compte/connexion/code/", {"code": used})
        assert again.status_code == 200
        assert again.context["form"].errors["code"]

    def test_a_recovery_code_serves_once(self, client):
        user = UserFactory()
        one = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
        for expected in (302, 200):
            sign_in(client, user.email)
            assert client.post("/compte/connexion/code/", {"code": one}).status_code == expected
            client.post("/compte/deconnexion/")

    def test_the_code_page_alone_opens_nothing(self, client):
        assert client.get("/compte/connexion/code/").url == LOGIN
        assert client.post("/compte/connexion/code/", {"code": "000000"}).url == LOGIN

    def test_a_closed_account_does_not_sign_in(self, client, user):
        User.objects.filter(pk=user.pk).update(is_active=False)
        answer = sign_in(client, user.email)
        assert answer.url == "/compte/ferme/"
        assert client.get("/travail/").status_code == 302

    def test_closing_an_account_ends_its_open_session(self, client, user):
        client.force_login(user)
        assert client.get("/travail/").status_code == 200
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert client.get("/travail/").status_code == 302

    def test_a_new_session_key_at_sign_in(self, client, user):
        client.get(LOGIN)
        session = client.session
        session["planted"] = True
        session.save()
        before = session.session_key
        sign_in(client, user.email)
        client.post("/compte/connexion/code/", {"code": code()})
        assert client.session.session_key != before

    @pytest.mark.parametrize(
        "target",
        ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "///evil.example"],
    )
    def test_next_leads_nowhere_else(self, client, target):
        user = UserFactory()
        sign_in(client, user.email, data={"next": target})
        one = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
        assert client.post("/compte/connexion/code/", {"code": one}).url == "/travail/"

    def test_next_leads_on_this_site(self, client, user):
        sign_in(client, user.email, data={"next": "/travail/moi/"})
        assert client.post("/compte/connexion/code/", {"code": code()}).url == "/travail/moi/"

    @pytest.mark.parametrize(
        "data", [{}, {"login": "\0", "password": "\0"}, {"login": "x" * 5000, "password": "y" * 9999}]
    )
    def test_bad_input_gets_a_sentence(self, client, data):
        answer = client.post(LOGIN, data)
        assert answer.status_code == 200
        assert answer.context["form"].errors

    def test_there_is_no_sign_up(self, client):
        assert client.get("/compte/signup/").status_code == 404
        assert client.get("/compte/inscription/").status_code == 404

    def test_setting_a_second_factor_ends_what_a_password_alone_had_opened(self, client):
        user = UserFactory(with_second_factor=False)
        thief = Client()
        for browser in (thief, client):
            sign_in(browser, user.email)
        page = client.get("/compte/second-facteur/activer/")
        assert thief.get("/travail/").url == "/compte/second-facteur/activer/"
        first = code(page.context["form"].secret)
        assert client.post("/compte/second-facteur/activer/", {"code": first}).url == "/compte/codes-de-secours/"
        assert client.get("/travail/").status_code == 200
        assert thief.get("/travail/").url.startswith(LOGIN)


class TestLimits:
    def test_guessing_one_account_is_stopped_there_and_not_elsewhere(self, client, user):
        for _ in range(10):
            sign_in(client, user.email, "not this one", REMOTE_ADDR="198.51.100.7")
        stopped = sign_in(client, user.email, REMOTE_ADDR="198.51.100.7")
        assert stopped.status_code == 200
        elsewhere = sign_in(client, user.email, REMOTE_ADDR="198.51.100.8")
        assert elsewhere.url == "/compte/connexion/code/"

    def test_twenty_people_of_one_hall_sign_in_within_a_minute(self, client):
        for user in UserFactory.create_batch(20):
            sign_in(client, user.email, "mistyped once")
            assert sign_in(client, user.email).status_code == 302
            client.logout()

    def test_guessing_codes_is_stopped(self, client, user):
        sign_in(client, user.email)
        for _ in range(10):
            client.post("/compte/connexion/code/", {"code": "000000"})
        assert client.post("/compte/connexion/code/", {"code": code()}).status_code == 200

    def test_many_requests_get_a_page_that_says_so(self, client):
        answers = {sign_in(client, f"n{n}@structure.example", "x").status_code for n in range(62)}
        assert 429 in answers


class TestForgottenPassword:
    def ask(self, client, email, **extra):
        return client.post("/compte/mot-de-passe/oublie/", {"email": email}, **extra)

    def link(self):
        text = Message.objects.get(about="accounts.password").text
        return next(word for word in text.split() if word.startswith("http"))

    def test_known_and_unknown_addresses_answer_alike(self, client, user):
        known = self.ask(client, user.email)
        unknown = self.ask(client, "personne@structure.example")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert Message.objects.count() == 1

    def test_the_link_is_on_the_public_address_whatever_host_was_asked(self, client, user, settings):
        settings.ALLOWED_HOSTS = ["*"]
        self.ask(client, user.email, headers={"host": "evil.example"})
        assert self.link().startswith(settings.PUBLIC_URL + "/")

    def test_a_new_password_does_not_replace_the_second_factor(self, client, user, settings):
        self.ask(client, user.email)
        page = client.get(self.link().removeprefix(settings.PUBLIC_URL), follow=True)
        address = page.redirect_chain[-1][0]
        new = "trois chouettes silencieuses"
        assert client.post(address, {"password1": "motdepasse2026", "password2": "motdepasse2026"}).status_code == 200
        assert client.post(address, {"password1": new, "password2": new}).status_code == 302
        assert client.get("/travail/").status_code == 302
        assert sign_in(client, user.email, new).url == "/compte/connexion/code/"
        assert Message.objects.filter(about="accounts.news", to=user.email).exists()

    def test_the_link_works_once_and_a_day(self, client, user, settings):
        self.ask(client, user.email)
        path = self.link().removeprefix(settings.PUBLIC_URL)
        with time_machine.travel(time.time() + 90_000):
            assert client.get(path, follow=True).context["token_fail"]
        User.objects.get(pk=user.pk)
        user.set_password("trois chouettes silencieuses")
        user.save()
        assert client.get(path, follow=True).context["token_fail"]

    @pytest.mark.parametrize("path", ["x-y", "0-0", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-set-password"])
    def test_links_that_never_were(self, client, path):
        assert client.get(f"/compte/mot-de-passe/nouveau/{path}/", follow=True).status_code == 200


class TestSetting:
    """A second factor is set at the first sign-in."""

    def test_the_whole_way(self, client):
        user = MembershipFactory(user__with_second_factor=False).user
        assert sign_in(client, user.email).url == "/travail/"
        page = client.get("/travail/", follow=True)
        assert page.request["PATH_INFO"] == "/compte/second-facteur/activer/"
        wrong = client.post("/compte/second-facteur/activer/", {"code": "12"})
        assert wrong.context["form"].errors
        done = client.post("/compte/second-facteur/activer/", {"code": code(wrong.context["form"].secret)})
        assert done.url == "/compte/codes-de-secours/"
        codes = client.get(done.url)
        assert codes.status_code == 200
        assert codes.context["unused_codes"][0] in codes.content.decode()
        assert client.get("/travail/").status_code == 200
        assert client.get("/compte/codes-de-secours/fichier/").status_code == 200

    def test_changing_asks_who_it_is_and_sets_a_new_one(self, client, user):
        client.force_login(user)
        asked = client.get("/compte/second-facteur/changer/")
        assert asked.url.startswith("/compte/confirmer/")
        assert client.post(asked.url, {"password": "not this one"}).status_code == 200
        assert client.post(asked.url, {"password": PASSWORD}).url == "/compte/second-facteur/changer/"
        assert client.post("/compte/second-facteur/changer/", follow=True).status_code == 200
        assert client.get("/travail/").url == "/compte/second-facteur/activer/"

    def test_confirming_by_code(self, client, user):
        client.force_login(user)
        assert client.get("/compte/confirmer/code/").status_code == 200
        answer = client.post("/compte/confirmer/code/?next=/travail/moi/", {"code": code()})
        assert answer.url == "/travail/moi/"

    def test_a_password_is_changed_with_the_present_one(self, client, user):
        client.force_login(user)
        new = "trois chouettes silencieuses"
        wrong = client.post("/compte/mot-de-passe/", {"oldpassword": "x", "password1": new, "password2": new})
        assert wrong.context["form"].errors
        guessable = f"{user.name}2026!!"
        weak = client.post(
            "/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": guessable, "password2": guessable}
        )
        assert weak.context["form"].errors
        right = client.post("/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        assert right.status_code == 302
        assert client.get("/travail/").status_code == 200
        user.refresh_from_db()
        assert user.check_password(new)


class TestOwnAccount:
    def test_the_page(self, client):
        user = UserFactory()
        client.force_login(user)
        page = client.get("/travail/moi/")
        assert escape(user.email) in page.content.decode()

    def test_the_name(self, client, user):
        client.force_login(user)
        assert client.post("/travail/moi/", {"name": "Nadia Ferrand"}).url == "/travail/moi/"
        user.refresh_from_db()
        assert user.name == "Nadia Ferrand"

    @pytest.mark.parametrize("name", ["", "\0", "x" * 400, "  "])
    def test_a_name_that_is_none(self, client, user, name):
        client.force_login(user)
        assert client.post("/travail/moi/", {"name": name}).context["form"].errors

    def test_ending_another_session_of_mine(self, client, user, django_user_model):
        from django.test import Client

        other = Client()
        for browser in (client, other):
            with time_machine.travel(time.time() + (0 if browser is client else 60)):
                sign_in(browser, user.email)
                browser.post("/compte/connexion/code/", {"code": code()})
        sessions = client.get("/travail/moi/").context["sessions"]
        assert [s.is_current for s in sessions] == [True, False]
        client.post("/travail/moi/sessions/", {"session": sessions[1].id})
        assert other.get("/travail/").status_code == 302
        assert client.get("/travail/").status_code == 200

    @pytest.mark.parametrize("which", ["999999", "x", "-1", "9" * 300, "²", "\0"])
    def test_sessions_of_others_are_out_of_reach(self, client, user, which):
        client.force_login(user)
        assert client.post("/travail/moi/sessions/", {"session": which}).status_code == 302
        assert client.get("/travail/").status_code == 200

    def test_a_stranger_is_sent_to_sign_in(self, client):
        assert client.get("/travail/moi/").url.startswith(LOGIN)

    def test_reading_does_not_end_sessions(self, client, user):
        client.force_login(user)
        assert client.get("/travail/moi/sessions/").status_code == 405


class TestSessionLimits:
    @pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
    def test_idle(self, client, minutes, status):
        user = someone("mediation")
        with time_machine.travel("2026-11-23 08:00Z", tick=False) as clock:
            client.force_login(user)
            client.get("/travail/")
            clock.shift(minutes * 60)
            assert client.get("/travail/").status_code == status

    def test_twelve_hours_however_busy(self, client):
        user = someone("mediation")
        with time_machine.travel("2026-11-23 08:00Z", tick=False) as clock:
            client.force_login(user)
            for _ in range(12 * 3):
                assert client.get("/travail/").status_code == 200
                clock.shift(20 * 60)
            assert client.get("/travail/").status_code == 302

    def test_the_public_site_stays_open(self, client):
        with time_machine.travel("2026-11-23 08:00Z", tick=False) as clock:
            client.force_login(someone("mediation"))
            client.get("/travail/")
            clock.shift(3600)
            assert client.get("/compte/connexion/").status_code == 200
