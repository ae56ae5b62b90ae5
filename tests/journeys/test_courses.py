"""A host writes a course; a person finds it and registers, by keyboard and without JavaScript; attendance, counting."""

import re
from datetime import timedelta

from pourtous.kernel import clock
from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go
from tests.journeys.test_guided_search import follow, tab_to
from tests.journeys.test_professional_pages import MANAGER, sign_in

NARROW = {"width": 320, "height": 640}


def look(page):
    assert page.locator("h1").count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def button(page, name):
    return page.get_by_role("button", name=re.compile(name))


def link(page, name):
    return page.get_by_role("link", name=re.compile(name))


def write_course(one, title, *, kind="Parcours", days=5, count="2"):
    """A course of a host, planned and published, as its own page shows it."""
    page = one.open("/travail/parcours/nouveau/")
    look(page)
    page.get_by_role("radio", name=re.compile(kind)).check()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Ce que les personnes sauront faire").fill("Appeler\nEnvoyer une photo")
    page.get_by_label("Nombre de séances").fill(count)
    go(page, button(page, "Enregistrer"))
    look(page)
    go(page, link(page, "Prévoir des séances").first)
    first = clock.today() + timedelta(days=days)
    for label, value in (("Jour", first.day), ("Mois", first.month), ("Année", first.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("Commence à").fill("10:00")
    page.get_by_label("Ou l’endroit, en toutes lettres").fill("Salle des fêtes")
    page.get_by_label("et dans quelle commune").fill("Frontignan")
    go(page, button(page, "Voir les dates"))
    look(page)
    go(page, button(page, "Prévoir ces séances"))
    go(page, button(page, "Publier"))
    look(page)
    return page


def test_from_the_host_to_the_person_and_back(visit, viewport):
    title = f"Premiers pas {viewport['width']}"
    host = visit(viewport=viewport)
    sign_in(host, MANAGER)
    page = write_course(host, title)
    public_path = link(page, "Page publique").get_attribute("href")
    go(page, page.locator("main .todos a").first)
    look(page)
    session_path = page.url.split("//", 1)[1].partition("/")[2]

    guest = visit(viewport=viewport, java_script_enabled=False)
    page = guest.open("/parcours/ou/")
    page.get_by_label("Commune, code postal ou adresse").fill("Frontignan")
    go(page, button(page, "Continuer"))
    page.get_by_role("radio", name="Je ne sais pas").check()
    go(page, button(page, "Voir les parcours"))
    assert title in page.content()
    page = guest.open(public_path)
    go(page, page.locator(".card__name").first)
    go(page, link(page, "Je m’inscris"))
    page.get_by_role("radio", name="À toutes les séances").check()
    go(page, button(page, "Continuer"))
    page.get_by_role("radio", name="Pour moi").check()
    go(page, button(page, "Continuer"))
    go(page, button(page, "Continuer"))
    assert page.locator("[role=alert], .summary").first.is_visible()
    page.get_by_label("Prénom").fill("Odile")
    go(page, button(page, "Continuer"))
    page.get_by_label("Numéro de téléphone").fill("06 39 98 00 01")
    go(page, button(page, "Continuer"))
    assert "Vérifiez vos réponses" in page.locator("h1").inner_text()
    go(page, button(page, "Je m’inscris"))
    assert "Votre place est réservée" in page.locator("h1").inner_text()
    registered = page.url

    page = host.open(f"/{session_path}")
    assert "Odile" in page.content()
    look(page)
    go(page, link(page, "Feuille à signer"))
    assert_accessible(page)

    page = guest.page
    go(page, link(page, "rendez votre place"))
    go(page, button(page, "Je rends toutes les séances"))
    assert page.url == registered
    assert "Votre inscription est annulée" in page.locator("h1").inner_text()


def test_public_pages_of_courses_look_right(visit, viewport):
    host = visit(viewport=viewport)
    sign_in(host, MANAGER)
    page = write_course(host, f"Essai {viewport['width']}", kind="Essayer une fois", count="1")
    go(page, link(page, "Page publique"))
    look(page)
    go(page, page.locator(".card__name").first)
    look(page)
    go(page, link(page, "Je m’inscris"))
    look(page)
    page.get_by_role("radio", name="Pour quelqu’un d’autre").check()
    go(page, button(page, "Continuer"))
    look(page)
    page.get_by_label("Prénom").fill("Lucien")
    go(page, button(page, "Continuer"))
    look(page)
    page.get_by_label("adresse e-mail").fill("lucien@exemple.example")
    go(page, button(page, "Continuer"))
    look(page)
    go(page, button(page, "Je m’inscris"))
    look(page)
    path = page.url.split("//", 1)[1].partition("/")[2]
    for other in (f"/{path}imprimer/", f"/{path}annuler/", "/parcours/code/", "/parcours/?partout=oui"):
        look(host.open(other))
    for other in ("/parcours/theme/", "/parcours/criteres/?partout=oui", "/parcours/ou/?suite=1&ou=zzzz"):
        look(host.open(other))


def test_registering_by_keyboard_at_320_pixels(visit):
    host = visit()
    sign_in(host, MANAGER)
    page = write_course(host, "Au clavier", kind="Essayer une fois", count="1")
    go(page, link(page, "Page publique"))
    path = page.locator(".card__name").first.get_attribute("href")

    page = visit(viewport=NARROW).open(path)
    tab_to(page, link(page, "Je m’inscris"))
    follow(page)
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, button(page, "Continuer"))
    follow(page)
    tab_to(page, page.get_by_label("Prénom"))
    page.keyboard.type("Odile")
    follow(page)
    tab_to(page, page.get_by_label("Numéro de téléphone"))
    page.keyboard.type("0639980001")
    assert_no_sideways_scroll(page)
    follow(page)
    tab_to(page, button(page, "Je m’inscris"))
    follow(page)
    assert "Votre place est réservée" in page.locator("h1").inner_text()
    assert_no_sideways_scroll(page)


def test_people_met_are_counted_at_a_market(visit, viewport):
    host = visit(viewport=viewport)
    sign_in(host, MANAGER)
    page = write_course(host, f"Marché {viewport['width']}", kind="Aller vers", days=0, count="1")
    go(page, page.locator("main .todos a").first)
    look(page)
    go(page, button(page, "peur de mal faire").first)
    assert page.locator("#met .counted__number").inner_text() == "1"
    go(page, link(page, "Cartes à donner"))
    assert_accessible(page)
