"""Every key page as PNG under var/screenshots, phone and desktop; some of them for the guides.

`python -m tools.screenshots [--guides] [name…]`: `--guides` also refreshes docs/images.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tools.browser import DESKTOP, PHONE, browser
from tools.demo_server import demo_server

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "var" / "screenshots"
GUIDES = ROOT / "docs" / "images"


@dataclass(frozen=True)
class Shot:
    """A page to photograph: its name, address, who looks (a button of the demonstration's sign-in page), options."""

    name: str
    path: str
    role: str = ""
    phone: bool = True
    desktop: bool = True
    dark: bool = False
    paper: bool = False
    guide: bool = False


# The demonstration is deterministic: this code is always Le Cabanon numérique.
PLACE = "8Q9DX31R"
TEAM, MANAGER = "Aline Vernet", "Inès Tourbe"
SHOTS = (
    Shot("home", "/", guide=True),
    Shot("home-dark", "/", dark=True),
    Shot("question-need", "/aide/besoin/"),
    Shot("question-where", "/aide/ou/"),
    Shot("question-where-error", "/aide/ou/?suite=1&ou=3411"),
    Shot("question-wishes", "/aide/important/?commune=34108"),
    Shot("filters", "/aide/criteres/?commune=34108"),
    Shot("results", "/aide/lieux/?commune=34108", guide=True),
    Shot("results-none", "/lieux/?q=rien+de+tel"),
    Shot("map", "/aide/lieux/?commune=34108&carte=1"),
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
    Shot("place-form", f"/travail/lieux/{PLACE}/", role=MANAGER, guide=True),
    Shot("reports", "/travail/signalements/", role=TEAM),
    Shot("imports", "/travail/imports/", role=TEAM),
    Shot("import-new", "/travail/imports/nouveau/", role=TEAM),
    Shot("organisations", "/travail/structures/", role=TEAM),
    Shot("team", "/travail/equipe/", role=MANAGER),
    Shot("zones", "/travail/zones/", role=TEAM),
    Shot("journal", "/travail/journal/", role=TEAM),
    Shot("components", "/_ui/"),
)


def sign_in(page: Page, address: str, role: str) -> None:
    """Enter the demonstration as somebody of this role."""
    page.goto(f"{address}/demo/entrer/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url("**/travail/")


def photograph(opened: Browser, address: str, shot: Shot, kind: str) -> Path:
    """Take one picture of the whole page."""
    size = PHONE if kind == "phone" else DESKTOP
    scheme = "dark" if shot.dark else "light"
    context = opened.new_context(viewport=size, locale="fr-FR", color_scheme=scheme, timezone_id="Europe/Paris")
    page = context.new_page()
    if shot.role:
        sign_in(page, address, shot.role)
    if shot.paper:
        page.emulate_media(media="print")
    page.goto(address + shot.path)
    path = OUT / f"{shot.name}-{kind}.png"
    page.screenshot(path=path, full_page=True)
    context.close()
    return path


def main() -> int:
    """Photograph all pages, or those named."""
    only = {a for a in sys.argv[1:] if not a.startswith("-")}
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_server(Path(folder)) as address, browser() as opened:
        for shot in SHOTS:
            for kind in ("phone", "desktop"):
                if (only and shot.name not in only) or not getattr(shot, kind):
                    continue
                path = photograph(opened, address, shot, kind)
                print(path.relative_to(ROOT))
                if shot.guide and "--guides" in sys.argv:
                    GUIDES.mkdir(parents=True, exist_ok=True)
                    (GUIDES / path.name).write_bytes(path.read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main())
