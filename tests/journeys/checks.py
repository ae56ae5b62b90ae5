"""Checks made on any page in the browser."""

from axe_playwright_python.sync_playwright import Axe

_axe = Axe()


def assert_accessible(page):
    """No violation of the axe rules (WCAG 2.2 A and AA, RGAA, best practice)."""
    found = _axe.run(page).response["violations"]
    told = "; ".join(f"{v['id']}: {[n['html'][:160] for n in v['nodes']][:3]}" for v in found)
    assert not told, told


def assert_no_sideways_scroll(page):
    """The page is not wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def go(page, link_or_button):
    """Click and wait for the page it leads to."""
    with page.expect_navigation():
        link_or_button.click()
