"""Somebody books an hour without account, comes back to it by link and by code, moves it, gives it back; or waits."""

import re

from playwright.sync_api import expect

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go

BOOKED = re.compile(r"/rendez-vous/[A-Z0-9]{9,}/$")
NUMBERS = {  # of each width: every journey books under its own
    360: ("06 39 98 11 01", "06 39 98 11 02", "06 39 98 11 03"),
    1280: ("06 39 98 11 04", "06 39 98 11 05", "06 39 98 11 06"),
}


def look(page):
    assert page.locator("h1").count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def button(page, name):
    return page.get_by_role("button", name=re.compile(name))


def link(page, name):
    return page.get_by_role("link", name=re.compile(name))


def click_twice(page, wanted, address):
    """As an unsteady hand does; the second answer may replace the first."""
    wanted.dblclick()
    expect(page).to_have_url(address)
    page.wait_for_load_state("networkidle")


def heading(page):
    return page.locator("h1").inner_text()


def find_hours(page):
    """From the first question to the free hours of a town, with a wrong town on the way."""
    look(page)
    page.get_by_role("radio").first.check()
    go(page, button(page, "Continuer"))
    look(page)
    go(page, button(page, "Continuer"))
    assert page.title().startswith("Erreur")
    look(page)
    page.get_by_label("Commune, code postal ou adresse").fill("zzzz")
    go(page, button(page, "Continuer"))
    look(page)
    page.get_by_label("Commune, code postal ou adresse").fill("Frontignan")
    go(page, button(page, "Continuer"))
    assert "Frontignan" in heading(page)
    look(page)


def say_who(page, *, first_name, phone):
    """The questions after the hour, each first with an answer that does not hold, up to the answers to check."""
    look(page)
    go(page, button(page, "Continuer"))
    assert page.title().startswith("Erreur")
    look(page)
    page.get_by_label("Prénom").fill(first_name)
    go(page, button(page, "Continuer"))
    look(page)
    page.get_by_label("Numéro de téléphone").fill("12")
    go(page, button(page, "Continuer"))
    assert page.title().startswith("Erreur")
    assert page.get_by_label("Numéro de téléphone").input_value() == "12"
    look(page)
    page.get_by_label("Numéro de téléphone").fill(phone)
    go(page, button(page, "Continuer"))
    assert "Vérifiez vos réponses" in heading(page)
    look(page)


def look_later(page):
    """The hours of the days that follow: an appointment so near that it is no longer moved is another journey."""
    go(page, link(page, "Plus tard"))
    look(page)


def book(page, *, first_name, phone):
    """The first hour shown, taken with a double click; the key of what was booked."""
    go(page, page.locator(".card .chip").first)
    say_who(page, first_name=first_name, phone=phone)
    click_twice(page, button(page, "Je prends ce rendez-vous"), BOOKED)
    assert heading(page) == "C’est réservé"
    look(page)
    return page.url.rstrip("/").rsplit("/", 1)[1]


def test_from_the_need_to_the_hour_and_back(visit, viewport):
    one = visit(viewport=viewport)
    page = one.open("/rendez-vous/")
    find_hours(page)
    look_later(page)
    key = book(page, first_name="Odile", phone=NUMBERS[viewport["width"]][0])

    page.go_back()
    go(page, button(page, "Je prends ce rendez-vous"))
    assert page.url.rstrip("/").endswith(key), "sent again from the page before, it is the same appointment"

    look(one.open(f"/rendez-vous/{key}/imprimer/"))
    page = one.open(f"/rendez-vous/{key}/")
    before = page.locator(".ticket .lead").first.inner_text()
    go(page, link(page, "Choisir une autre heure"))
    look(page)
    go(page, page.locator(".card .chip").last)
    look(page)
    go(page, button(page, "Oui, je prends cette heure"))
    assert page.url.rstrip("/").endswith(key)
    assert page.locator(".ticket .lead").first.inner_text() != before


def test_back_by_the_short_code_to_cancel(visit, viewport):
    one = visit(viewport=viewport)
    page = one.open("/rendez-vous/heures/?commune=34108")
    key = book(page, first_name="Lucien", phone=NUMBERS[viewport["width"]][1])

    page = one.open("/rendez-vous/code/")
    look(page)
    page.get_by_label("Votre code").fill(key[:8])
    page.get_by_label("Votre prénom").fill("Odile")
    go(page, button(page, "Continuer"))
    assert page.title().startswith("Erreur")
    look(page)
    page.get_by_label("Votre prénom").fill("lucien")
    go(page, button(page, "Continuer"))
    assert page.url.rstrip("/").endswith(key)
    go(page, link(page, "annuler ici"))
    look(page)
    click_twice(page, button(page, "Oui, j’annule"), BOOKED)
    assert "annulé" in heading(page)
    look(page)
    page = one.open(f"/rendez-vous/{key}/annuler/")
    assert page.url.rstrip("/").endswith(key), "what is cancelled is not cancelled twice"
    assert "annulé" in heading(page)


def test_no_hour_suits_so_one_waits_and_takes_what_is_free(visit, viewport):
    phone = NUMBERS[viewport["width"]][2]
    one = visit(viewport=viewport)
    page = one.open("/rendez-vous/heures/?commune=34108")
    go(page, link(page, "Aucune heure ne me va"))
    look(page)
    go(page, button(page, "Me prévenir"))
    assert page.title().startswith("Erreur")
    look(page)
    assert page.get_by_role("checkbox", name="Lundi").count() == 1
    page.get_by_label("Prénom").fill("Bérénice")
    page.get_by_label("Numéro de téléphone").fill(phone)
    click_twice(page, button(page, "Me prévenir"), re.compile(r"/attente/[A-Z0-9]+/$"))
    assert "liste" in heading(page)
    look(page)
    waits = page.url
    page.goto(one.address + "/a/" + waits.rstrip("/").rsplit("/", 1)[1].lower())
    assert page.url == waits, "the short address of the message"

    book(page, first_name="Bérénice", phone=phone)
    page.goto(waits)
    assert "n’attendez plus" in heading(page)
    look(page)
    look(one.open("/etre-rappele/"))
