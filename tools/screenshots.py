"""Every key page as PNG under var/screenshots, phone and desktop; some of them for the guides.

`python -m tools.screenshots [--guides] [name…]`: `--guides` also refreshes docs/images, each at most 1,600 px high.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from pourtous.demo.scenario import fixed_code, fixed_id
from tools.browser import DESKTOP, PHONE, browser
from tools.demo_server import demo_server

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "var" / "screenshots"
GUIDES = ROOT / "docs" / "images"
GUIDE_HEIGHT = 1600


@dataclass(frozen=True)
class Shot:
    """A page to photograph: its name, address, who looks (a button of the demonstration's sign-in page), options.

    `act` is done on the page before the picture; `guide` is the width ("phone" or "desktop") that the guides show.
    """

    name: str
    path: str
    role: str = ""
    phone: bool = True
    desktop: bool = True
    dark: bool = False
    paper: bool = False
    act: Callable[[Page], None] | None = None
    guide: str = ""


# An invented file: a place as it should be, one with a false postcode, one without a name.
FILE = """id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,horaires,services
atelier-1,Atelier des Roseaux,Frontignan,34110,34108,3 rue des Roseaux,43.447,3.756,04 65 71 20 98,Mo-Fr 09:00-12:00,Aide aux démarches administratives
atelier-2,Atelier du Phare,Sète,3420,34301,12 quai du Phare,43.404,3.697,04 65 71 2,Tu 14h-17h,Découverte du jeu
atelier-3,,Sète,34200,34301,2 quai du Phare,43.405,3.698,04 65 71 20 99,Mo 09:00-12:00,Insertion professionnelle via le numérique
"""
LOOKS = 120  # at a job in progress, half a second apart


def see_preview(page: Page) -> None:
    """Send the invented file and wait for what it would change."""
    page.fill("[name=source]", "ateliers")
    content = FILE.encode()
    page.set_input_files("[name=file]", {"name": "ateliers.csv", "mimeType": "text/csv", "buffer": content})
    page.click("main form.panel button")
    _see_result(page)


def see_report(page: Page) -> None:
    """Agree to the preview and wait for the report."""
    see_preview(page)
    page.click("form[action$='/confirmer/'] button, .alert form button")
    _see_result(page)


def see_public_page(page: Page) -> None:
    """Wait for the public page beside the form, where the screen is wide enough for it."""
    if page.locator("[data-preview]").is_visible():
        page.locator("[data-preview] > *").first.wait_for()


def see_slots(page: Page) -> None:
    """From the need to hours that are free, at the first answer each time."""
    page.goto(page.url.split("/rendez-vous")[0] + "/rendez-vous/heures/?commune=34108")


def see_booked(page: Page) -> None:
    """Book the first free hour, as somebody invented."""
    see_slots(page)
    page.locator("main a[href*='/rendez-vous/demande/']").first.click()
    for answer in ("Odette", "06 39 98 00 12"):
        box = page.locator("main input:visible:not([type=checkbox]):not([type=radio])").first
        box.fill(answer)
        box.press("Enter")
        page.wait_for_load_state()
    page.locator("main button.button--wide").last.click()
    page.wait_for_load_state()


def _see_result(page: Page) -> None:
    page.wait_for_url("**/taches/**")
    result = page.locator("main a.button[href*='/imports/']").first
    for _ in range(LOOKS):
        if result.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    result.click()
    page.wait_for_url("**/imports/**")


# The demonstration is deterministic: this code is always Le Cabanon numérique.
PLACE = "8Q9DX31R"
TEAM, MANAGER = "Aline Vernet", "Inès Tourbe"
MEDIATOR, PRESCRIBER, COORDINATOR, HOST = "Yanis Ollé", "Rémi Fabre-Ney", "Paule Rigal", "Sonia Gaillac"
PERSON = fixed_code("person", "0006")  # a file of the mediator
SESSION = fixed_code("session", f"{fixed_id('run', '0/now')}/2")  # today's workshop of the mediator
NEXT_SESSION = fixed_code("session", f"{fixed_id('run', '0/now')}/3")
COURSE = fixed_code("course", "Internet, première visite")
EVENT = fixed_code("session", "Sur le marché de Frontignan")
CHECK = fixed_id("diagnosis", "1/after")
SHOTS = (
    Shot("home", "/", guide="phone"),
    Shot("home-dark", "/", dark=True),
    Shot("question-need", "/aide/besoin/"),
    Shot("question-where", "/aide/ou/"),
    Shot("question-where-error", "/aide/ou/?suite=1&ou=3411"),
    Shot("question-wishes", "/aide/important/?commune=34108"),
    Shot("filters", "/aide/criteres/?commune=34108"),
    Shot("results", "/aide/lieux/?commune=34108", guide="phone"),
    Shot("results-none", "/lieux/?q=rien+de+tel"),
    Shot("map", "/aide/lieux/?commune=34108&carte=1"),
    Shot("map-dark", "/aide/lieux/?commune=34108&carte=1", dark=True),
    Shot("place", f"/lieux/{PLACE}/"),
    Shot("print-sheet", "/aide/lieux/imprimer/?commune=34108", phone=False, paper=True),
    Shot("place-sheet", f"/lieux/{PLACE}/imprimer/", phone=False, paper=True),
    Shot("report", f"/lieux/{PLACE}/signaler/"),
    Shot("not-found", "/rien/"),
    Shot("door-computer", "/ordinateur/"),
    Shot("open-data", "/donnees/"),
    Shot("privacy", "/vos-donnees/"),
    Shot("sign-in", "/compte/connexion/"),
    Shot("demo-sign-in", "/demo/entrer/"),
    Shot("home-team", "/travail/", role=TEAM),
    Shot("home-manager", "/travail/", role=MANAGER),
    Shot("places-team", "/travail/lieux/", role=TEAM),
    Shot("place-form", f"/travail/lieux/{PLACE}/", role=MANAGER, act=see_public_page, guide="desktop"),
    Shot("reports", "/travail/signalements/", role=TEAM),
    Shot("imports", "/travail/imports/", role=TEAM),
    Shot("import-new", "/travail/imports/nouveau/", role=TEAM),
    Shot("import-preview", "/travail/imports/nouveau/", role=TEAM, act=see_preview),
    Shot("import-report", "/travail/imports/nouveau/", role=TEAM, act=see_report, guide="desktop"),
    Shot("organisations", "/travail/structures/", role=TEAM),
    Shot("team", "/travail/equipe/", role=MANAGER),
    Shot("zones", "/travail/zones/", role=TEAM),
    Shot("journal", "/travail/journal/", role=TEAM),
    Shot("components", "/_ui/"),
    Shot("home-mediator", "/travail/", role=MEDIATOR, guide="phone"),
    Shot("people", "/travail/personnes/", role=MEDIATOR),
    Shot("person", f"/travail/personnes/{PERSON}/", role=MEDIATOR, guide="desktop"),
    Shot("person-register", "/travail/personnes/inscrire/", role=PRESCRIBER, guide="phone"),
    Shot("rights", "/travail/droits/", role=MANAGER),
    Shot("leaving", "/travail/conservation/", role=TEAM),
    Shot("openings", "/travail/personnes/lectures/", role=MANAGER),
    Shot("agenda-day", "/travail/agenda/", role=MEDIATOR, guide="phone"),
    Shot("agenda-week", "/travail/agenda/semaine/", role=MEDIATOR, guide="desktop"),
    Shot("agenda-team", "/travail/agenda/equipe/", role=COORDINATOR),
    Shot("availability", "/travail/agenda/horaires/", role=MEDIATOR, guide="phone"),
    Shot("booking-need", "/rendez-vous/"),
    Shot("booking-slots", "/rendez-vous/", act=see_slots, guide="phone"),
    Shot("booking-confirmation", "/rendez-vous/", act=see_booked, guide="phone"),
    Shot("catalogue", "/parcours/?commune=34108", guide="phone"),
    Shot("course-public", f"/parcours/{COURSE}/"),
    Shot("session-public", f"/parcours/seance/{NEXT_SESSION}/"),
    Shot("courses-work", "/travail/parcours/", role=MANAGER),
    Shot("session-work", f"/travail/parcours/seances/{SESSION}/", role=MEDIATOR),
    Shot("attendance", f"/travail/parcours/seances/{SESSION}/presences/", role=MEDIATOR, guide="phone"),
    Shot("outreach", f"/travail/parcours/seances/{EVENT}/compteur/", role=MANAGER),
    Shot("activities", "/travail/activites/", role=MEDIATOR),
    Shot("activity-new", "/travail/activites/nouvelle/", role=MEDIATOR, guide="phone"),
    Shot("field", "/travail/terrain/", role=MEDIATOR, guide="phone"),
    Shot("figures", "/travail/chiffres/", role=MEDIATOR, guide="desktop"),
    Shot("figures-departement", "/travail/chiffres/", role=TEAM),
    Shot("skills", f"/travail/savoir-faire/{CHECK}/bilan/", role=MEDIATOR, guide="desktop"),
    Shot("host-home", "/travail/", role=HOST),
    Shot("prescriber-home", "/travail/", role=PRESCRIBER),
    Shot("coordinator-home", "/travail/", role=COORDINATOR),
)


def sign_in(page: Page, address: str, role: str) -> None:
    """Enter the demonstration as somebody of this role."""
    page.goto(f"{address}/demo/entrer/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url("**/travail/")


def photograph(opened: Browser, address: str, shot: Shot, kind: str, *, guides: bool) -> Path:
    """Take one picture of the whole page; its top is copied for the guides if they show it."""
    size = PHONE if kind == "phone" else DESKTOP
    scheme = "dark" if shot.dark else "light"
    context = opened.new_context(viewport=size, locale="fr-FR", color_scheme=scheme, timezone_id="Europe/Paris")
    page = context.new_page()
    if shot.role:
        sign_in(page, address, shot.role)
    if shot.paper:
        page.emulate_media(media="print")
    page.goto(address + shot.path)
    if shot.act:
        shot.act(page)
    path = OUT / f"{shot.name}-{kind}.png"
    page.screenshot(path=path, full_page=True)
    if guides and shot.guide == kind:
        height = min(int(page.evaluate("document.documentElement.scrollHeight")), GUIDE_HEIGHT)
        page.set_viewport_size({"width": size["width"], "height": height})
        page.screenshot(path=GUIDES / path.name)
    context.close()
    return path


def main() -> int:
    """Photograph all pages, or those named."""
    only = {a for a in sys.argv[1:] if not a.startswith("-")}
    OUT.mkdir(parents=True, exist_ok=True)
    GUIDES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_server(Path(folder)) as address, browser() as opened:
        for shot in SHOTS:
            for kind in ("desktop", "phone"):
                if (only and shot.name not in only) or not getattr(shot, kind):
                    continue
                path = photograph(opened, address, shot, kind, guides="--guides" in sys.argv)
                print(path.relative_to(ROOT), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
