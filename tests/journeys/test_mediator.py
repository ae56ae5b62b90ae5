"""A mediator's day on a telephone: recording in few taps, and without network, in a real browser."""

import json
import time

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go
from tests.journeys.test_professional_pages import sign_in

MEDIATOR, MANAGER = "Yanis Ollé", "Inès Tourbe"
PAGES = (
    "/travail/",
    "/travail/activites/",
    "/travail/activites/nouvelle/",
    "/travail/activites/mots-cles/",
    "/travail/terrain/",
)
ROAD = "/travail/terrain/"


class Taps:
    """Counts what a finger does."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, target, *, leads_away=False):
        self.count += 1
        if leads_away:
            go(self.page, target)
        else:
            target.click()


def chip(page, text):
    return page.locator("label.pick", has_text=text).first


def record_first(page):
    """Somebody without name, about e-mail, half an hour; returns the taps it took from the home."""
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Nouvelle activité").first, leads_away=True)
    taps.on(chip(page, "Courriel"))
    taps.on(chip(page, "30\u00a0min"))
    taps.on(page.get_by_role("button", name="Enregistrer", exact=True), leads_away=True)
    return taps.count


@pytest.mark.parametrize("path", PAGES)
def test_pages(visit, viewport, path):
    one = visit(viewport=viewport)
    sign_in(one, MEDIATOR)
    page = one.open(path)
    if path == ROAD:
        page.locator("[data-road][data-ready]").wait_for()
    assert page.locator("h1").count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_the_first_time_takes_eight_taps_and_the_next_four_within_twenty_seconds(visit):
    one = visit()
    page = sign_in(one, MEDIATOR)
    assert record_first(page) <= 8
    assert page.get_by_text("Activité enregistrée.").count() == 1
    assert_accessible(page)

    page = one.open("/travail/")
    taps, began = Taps(page), time.monotonic()
    taps.on(page.get_by_role("link", name="Nouvelle activité").first, leads_away=True)
    taps.on(page.locator("a.way").first, leads_away=True)
    taps.on(page.get_by_role("button", name="Enregistrer", exact=True), leads_away=True)
    assert page.get_by_text("Activité enregistrée.").count() == 1
    assert taps.count <= 4
    assert time.monotonic() - began < 20


def test_a_workshop_without_scripts(visit):
    one = visit(java_script_enabled=False)
    page = sign_in(one, MEDIATOR)
    page = one.open("/travail/activites/nouvelle/")
    chip(page, "Un atelier").click()
    page.locator("[name=title]").fill("Écrire un courriel")
    page.locator("[name=anonymous_count]").fill("6")
    chip(page, "Courriel").click()
    chip(page, "2\u00a0h").click()
    go(page, page.get_by_role("button", name="Enregistrer", exact=True))
    assert page.get_by_text("6 participants").count() >= 1
    go(page, page.get_by_role("link", name="6 participants").first)
    go(page, page.get_by_role("link", name="Modifier"))
    assert page.locator("[name=anonymous_count]").input_value() == "6"


def test_what_is_forgotten_is_told(visit, viewport):
    one = visit(viewport=viewport)
    sign_in(one, MEDIATOR)
    page = one.open("/travail/activites/nouvelle/")
    go(page, page.get_by_role("button", name="Enregistrer", exact=True))
    assert page.get_by_text("Choisissez au moins un thème.").count() >= 1
    assert_accessible(page)


def fill_in(page, minutes):
    chip(page, "Courriel").click()
    chip(page, minutes).click()
    go(page, page.get_by_role("button", name="Enregistrer", exact=True))


def test_back_and_save_again_changes_the_first_one(visit, viewport):
    one = visit(viewport=viewport)
    sign_in(one, MEDIATOR)
    page, before = one.open("/travail/activites/nouvelle/"), count_recorded(one)
    fill_in(page, "30\u00a0min")
    page.go_back()
    page.get_by_text("Cette activité est déjà enregistrée.").wait_for()
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    chip(page, "1\u00a0h").click()
    go(page, page.get_by_role("button", name="Enregistrer les modifications"))
    assert page.get_by_text("Modification enregistrée.").count() == 1
    assert count_recorded(one) == before + 1


def test_one_form_in_two_tabs_records_one_activity(visit, viewport):
    one = visit(viewport=viewport)
    sign_in(one, MEDIATOR)
    page, before = one.open("/travail/activites/nouvelle/"), count_recorded(one)
    other = one.context.new_page()
    other.goto(page.url)
    fill_in(page, "30\u00a0min")
    fill_in(other, "1\u00a0h")
    assert other.get_by_text("avec un autre contenu").count() == 1
    assert other.locator("[name=minutes]:checked").input_value() == "60"
    assert_no_sideways_scroll(other)
    assert_accessible(other)
    go(other, other.get_by_role("button", name="Enregistrer les modifications"))
    assert count_recorded(one) == before + 1


# --- Without network.


@pytest.fixture
def road(visit):
    """The page for the road, installed, as one leaves the office."""
    one = visit()
    sign_in(one, MEDIATOR)
    page = one.open(ROAD)
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.wait_for_function("caches.keys().then((all) => all.length > 0)")
    page.wait_for_function("caches.match('/travail/terrain/').then((kept) => Boolean(kept))")
    yield one
    one.troubles[:] = [trouble for trouble in one.troubles if "ERR_INTERNET_DISCONNECTED" not in trouble]
    one.troubles[:] = [trouble for trouble in one.troubles if "ERR_FAILED" not in trouble]


def ready(page):
    page.locator("[data-road][data-ready]").wait_for()


def again(page):
    page.reload()
    ready(page)


def type_one(page, topic="Courriel", minutes="30\u00a0min"):
    kept = page.locator("[data-queue] > li")
    before = kept.count()
    chip(page, topic).click()
    chip(page, minutes).click()
    page.locator("[data-form] .entry__save button").click()
    kept.nth(before).wait_for()


def tags(page, state):
    return page.locator(f"[data-entry-state={state}]")


def count_recorded(one):
    """How many activities the server holds, read in another browser profile."""
    answer = one.context.request.get(one.address + "/travail/activites/liste.csv")
    return answer.text().count("\n") - 1


def test_recorded_without_network_kept_through_reloads_and_sent_once(road):
    page, before = road.page, count_recorded(road)
    road.context.set_offline(True)
    again(page)
    assert page.get_by_text("Hors ligne.").count() == 1
    type_one(page)
    type_one(page, "Démarches administratives")
    assert tags(page, "here").count() == 2
    assert page.get_by_text("2 activités gardées ici.").count() == 1
    assert tags(page, "sent").count() == 0
    assert_accessible(page)
    again(page)
    assert tags(page, "here").count() == 2

    bodies = []
    page.on("request", lambda r: bodies.append(r.post_data) if r.url.endswith("/activites/envoi/") else None)
    road.context.set_offline(False)
    tags(page, "sent").nth(1).wait_for()
    assert tags(page, "here").count() == 0
    assert count_recorded(road) == before + 2

    # The same request three times, its entries in another order: nothing more.
    body = json.loads(bodies[0])
    token = page.evaluate("fetch('/travail/terrain/donnees/').then((a) => a.json()).then((a) => a.csrf)")
    for entries in (body["entries"], body["entries"][::-1], body["entries"]):
        answer = road.context.request.post(
            road.address + "/travail/activites/envoi/",
            data=json.dumps({"who": body["who"], "entries": entries}),
            headers={"Content-Type": "application/json", "X-CSRFToken": token, "Referer": road.address + ROAD},
        )
        assert {one["state"] for one in answer.json()["answers"]} == {"stored"}
    assert count_recorded(road) == before + 2


def test_another_page_without_network_leads_to_the_road(road):
    road.context.set_offline(True)
    page = road.open("/travail/activites/")
    ready(page)
    assert page.url.endswith(ROAD)


def test_nothing_readable_is_kept_on_the_device(road):
    page = road.page
    road.context.set_offline(True)
    page.locator("summary", has_text="Notes et mots-clés").click()
    page.locator("[name=notes]").fill("Rendez-vous de Zénaïde Quatrepoint")
    type_one(page)
    kept = page.evaluate("""async () => {
      const base = await new Promise((done) => { const asked = indexedDB.open("pourtous-terrain"); asked.onsuccess = () => done(asked.result); });
      const all = (name) => new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
      const text = (v) => v instanceof ArrayBuffer ? new TextDecoder("utf-8", { fatal: false }).decode(v) : ArrayBuffer.isView(v) ? "" : v && typeof v === "object" && !(v instanceof CryptoKey) ? Object.values(v).map(text).join(" ") : String(v);
      const keys = await all("keys");
      let exported = "no";
      try { await crypto.subtle.exportKey("raw", keys[0]); exported = "yes"; } catch { /* as it must be */ }
      return { text: [...(await all("kept")), ...(await all("entries"))].map(text).join(" "), exported };
    }""")
    assert kept["exported"] == "no"
    for word in ("Zénaïde", "Quatrepoint", "email", "Courriel", "Cabanon"):
        assert word not in kept["text"]


def test_an_expired_session_locks_and_never_wipes(road):
    page, before = road.page, count_recorded(road)
    road.context.set_offline(True)
    type_one(page)
    road.context.clear_cookies()
    road.context.set_offline(False)
    page.get_by_text("Votre session est finie").wait_for()
    assert page.locator("[data-queue] > li").count() == 0
    assert page.locator("[data-agenda] > li").count() == 0
    assert page.get_by_text("1 activité gardée ici.").count() == 1
    assert_accessible(page)
    type_blind(page)
    assert page.get_by_text("2 activités gardées ici.").count() == 1

    sign_in(road, MEDIATOR)
    page = road.open(ROAD)
    tags(page, "sent").nth(1).wait_for()
    assert count_recorded(road) == before + 2


def type_blind(page):
    """While locked one may still record; what is kept stays hidden."""
    chip(page, "Courriel").click()
    chip(page, "15\u00a0min").click()
    page.locator("[data-form] .entry__save button").click()
    page.get_by_text("2 activités gardées ici.").wait_for()


def test_signing_out_waits_for_what_is_not_sent_then_wipes(road):
    page, before = road.page, count_recorded(road)
    road.context.route("**/activites/envoi/", lambda route: route.abort())
    type_one(page)
    page = road.open("/travail/activites/")
    page.locator("summary.menu__title", has_text="Yanis Ollé").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/travail/terrain/?depart=1")
    ready(page)
    assert page.get_by_text("Des activités ne sont pas encore envoyées").is_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer, puis me déconnecter").click()
    page.get_by_text("Tout n’a pas pu être envoyé.").wait_for()
    assert tags(page, "here").count() == 1
    road.context.unroute("**/activites/envoi/")
    with page.expect_navigation():
        page.get_by_role("button", name="Envoyer, puis me déconnecter").click()
    page.wait_for_load_state()
    sign_in(road, MEDIATOR)
    assert count_recorded(road) == before + 1
    left = page.evaluate("Promise.all([indexedDB.databases(), caches.keys()])")
    stored = page.evaluate("""async () => {
      const base = await new Promise((done) => { const asked = indexedDB.open("pourtous-terrain"); asked.onsuccess = () => done(asked.result); });
      const names = [...base.objectStoreNames];
      let total = 0;
      for (const name of names) total += await new Promise((done) => { const asked = base.transaction(name).objectStore(name).count(); asked.onsuccess = () => done(asked.result); });
      base.close();
      return total;
    }""")
    assert stored == 0
    assert left[1] == []


def test_signing_out_with_nothing_waiting_just_leaves(road):
    page = road.open("/travail/activites/")
    page.locator("summary.menu__title", has_text="Yanis Ollé").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_load_state()
    assert ROAD not in page.url
    assert page.evaluate("caches.keys()") == []


def test_another_account_sees_nothing_of_what_waits_and_sends_nothing_of_it(road):
    page = road.page
    road.context.set_offline(True)
    type_one(page)
    road.context.clear_cookies()
    road.context.set_offline(False)
    page.get_by_text("Votre session est finie").wait_for()
    sign_in(road, MANAGER)
    page = road.open(ROAD)
    ready(page)
    page.get_by_text("Des saisies d’un autre compte attendent").wait_for()
    assert page.locator("[data-queue] > li").count() == 0
    road.context.clear_cookies()
    sign_in(road, MEDIATOR)
    page = road.open(ROAD)
    tags(page, "sent").first.wait_for()


def test_a_conflict_shows_both_versions(road):
    page = road.page
    type_one(page)
    tags(page, "sent").first.wait_for()
    row = page.evaluate("""async () => {
      const store = await import(document.querySelector("[data-road]").dataset.store);
      const { owner } = await store.state();
      const [entry] = (await store.entries(owner)).filter((one) => one.state === "sent");
      const fields = entry.fields.map(([n, v]) => (n === "minutes" ? [n, "60"] : [n, v]));
      await store.put(owner, { ...entry, fields, state: "here", at: Date.now() });
      return entry.id;
    }""")
    again(page)
    tags(page, "conflict").first.wait_for()
    assert page.locator("[data-theirs] dd", has_text="30\u00a0min").count() == 1
    assert_accessible(page)
    page.get_by_role("button", name="Garder la mienne").click()
    tags(page, "sent").first.wait_for()
    page = road.open(f"/travail/activites/{row}/")
    assert page.get_by_text("1\u00a0h", exact=True).count() >= 1
