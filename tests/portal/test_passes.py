"""The pass for the public: what it is, and whether one is concerned, from what campaigns say today."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.passes.enums import CampaignState, PriceState, QualificationState
from pourtous.passes.queries.offered import paid_courses
from pourtous.people.enums import CriterionKind
from pourtous.people.rules.audiences import Ages, Audience
from tests.agenda.factories import RunFactory, SessionFactory
from tests.passes.factories import NOW, CampaignFactory, PriceFactory, PublicFactory, TerritoryFactory
from tests.portal.reading import LONGEST, sentences, words
from tests.territories.factories import CommuneFactory, ZoneFactory

pytestmark = pytest.mark.django_db
ABOUT, ASK = reverse("passes"), reverse("passes-concerned")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def communes():
    """One open, one that opens in ten days, one outside."""
    return [CommuneFactory(name=name) for name in ("Ouverteville", "Tardville", "Ailleursville")]


@pytest.fixture
def campaign(communes):
    made = CampaignFactory(passes_per_book=8, face_value=1500)
    PublicFactory(campaign=made, rule=Audience(any_criteria=frozenset({CriterionKind.RSA})).to_dict())
    PublicFactory(campaign=made, rule=Audience(ages=Ages(60, None)).to_dict())
    for commune, days in zip(communes, (-30, 10), strict=False):
        zone = ZoneFactory(name=f"Zone de {commune.name}")
        zone.communes.set([commune])
        TerritoryFactory(campaign=made, zone=zone, opens_on=TODAY + timedelta(days=days))
    return made


def text_of(page):
    return page.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def asked(client, *, commune, situation=(), born="1990"):
    return client.post(ASK, {"pas": "naissance", "commune": commune, "situation": situation, "naissance": born})


def test_without_campaign_it_is_said(client):
    assert "Aucun pass n’est donné" in text_of(client.get(ABOUT))
    assert client.get(ASK).url == ABOUT


@pytest.mark.parametrize("changes", [{"state": CampaignState.DRAFT}, {"starts_on": TODAY + timedelta(days=1)}])
def test_a_campaign_that_hands_nothing_out_is_not_shown(client, changes):
    CampaignFactory(**changes)
    assert "Aucun pass n’est donné" in text_of(client.get(ABOUT))


def test_what_the_campaign_says_is_shown(client, campaign):
    text = text_of(client.get(ABOUT))
    assert "Un chéquier de 8 pass." in text
    assert "Un pass vaut 15 €." in text
    assert "qui touchent le RSA" in text
    assert "Zone de Ouverteville" in text
    assert "Zone de Tardville : à partir du" in text


@pytest.mark.parametrize(
    ("commune", "situation", "born", "title"),
    [
        ("Ouverteville", ["rsa"], "1990", "Oui, sans doute"),
        ("ouverteville", [], "1950", "Oui, sans doute"),
        ("Ouverteville", [], "1966", "Peut-être"),
        ("Ouverteville", [], "1990", "Non, pas cette fois"),
        ("Tardville", ["rsa"], "1990", "Bientôt"),
        ("Ailleursville", ["rsa"], "1990", "Pas encore chez vous"),
    ],
)
def test_the_answer_is_that_of_the_campaigns_rule(client, campaign, commune, situation, born, title):
    page = asked(client, commune=commune, situation=situation, born=born)
    assert title in text_of(page)
    assert not [line for line in sentences(page.content.decode()) if len(words(line)) > LONGEST]


def test_one_question_a_page_and_answers_travel_in_the_form(client, campaign):
    page = client.get(ASK)
    assert "Où habitez‑vous" in text_of(page)
    assert client.post(ASK, {"pas": "ou", "commune": ""}).status_code == 422
    assert client.post(ASK, {"pas": "ou", "commune": "zzzz"}).status_code == 422
    page = client.post(ASK, {"pas": "ou", "commune": "Ouverteville"})
    assert "Qu’est-ce qui est vrai pour vous" in text_of(page)
    assert "Je touche le RSA" in text_of(page)
    assert "Je lis mal" not in text_of(page), "only what some campaign looks at is asked"
    page = client.post(ASK, {"pas": "situation", "commune": "Ouverteville", "situation": ["rsa"]})
    assert "Quelle est votre année" in text_of(page)
    assert 'name="situation" value="rsa"' in page.content.decode()
    for wrong in ("", "12", "abcd", "2999", "\0", "9" * 400):
        assert asked(client, commune="Ouverteville", born=wrong).status_code == 422


@pytest.mark.parametrize("wrong", [{"situation": ["sick"]}, {"commune": "\0" * 9}, {"commune": "x" * 9000}])
def test_what_was_not_asked_is_refused_in_words(client, campaign, wrong):
    sent = {"pas": "naissance", "commune": "Ouverteville", "naissance": "1990"} | wrong
    assert client.post(ASK, sent).status_code == 422


def test_communes_of_one_postcode_are_chosen_among(client, campaign, communes):
    for one in communes:
        one.postcodes = ["34999"]
        one.save()
    page = client.post(ASK, {"pas": "ou", "commune": "34999"})
    assert page.status_code == 422
    assert "Choisissez votre commune" in text_of(page)
    page = client.post(ASK, {"pas": "ou", "commune": "34999", "parmi": communes[0].code})
    assert "Qu’est-ce qui est vrai pour vous" in text_of(page)


def test_nothing_of_the_answers_is_kept(client, campaign, django_assert_num_queries):
    asked(client, commune="Ouverteville", situation=["rsa"])
    assert not client.session.keys()


def test_passes_are_still_taken_when_no_more_are_handed_out(campaign):
    price = PriceFactory(qualification__campaign=campaign)
    assert paid_courses(TODAY) == {price.course_id}
    campaign.state = CampaignState.CLOSED
    campaign.save()
    assert paid_courses(TODAY) == {price.course_id}


@pytest.mark.parametrize(
    "changes",
    [
        {"state": PriceState.ASKED},
        {"state": PriceState.REFUSED},
        {"qualification__state": QualificationState.ASKED, "qualification__valid_from": None},
        {"qualification__valid_from": TODAY + timedelta(days=1)},
        {"qualification__valid_until": TODAY},
        {"qualification__campaign__state": CampaignState.SETTLED},
    ],
)
def test_a_course_without_a_qualified_host_takes_no_pass(changes):
    PriceFactory(**changes)
    assert not paid_courses(TODAY)


def test_the_list_of_courses_paid_with_passes_shows_only_those(client, communes):
    run, at = RunFactory(), NOW + timedelta(days=2)
    for one in (run, RunFactory(course__pass_cost=2, course__title="Prix annoncé seulement")):
        SessionFactory(run=one, commune=communes[0], starts_at=at, ends_at=at + timedelta(hours=2))
    PriceFactory(course=run.course)
    text = text_of(client.get(reverse("courses"), {"commune": communes[0].code, "theme": "tout", "avec": "pass"}))
    assert run.course.title in text
    assert "Prix annoncé seulement" not in text
