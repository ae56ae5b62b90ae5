"""A running demonstration and a real browser. Nothing may reach another origin, nothing may complain in the console."""

import pytest

from tools.browser import DESKTOP, PHONE, browser
from tools.demo_server import demo_server


def pytest_collection_modifyitems(items):
    """All browser tests run in one worker, so that one server and one browser serve them."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with demo_server(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    with browser() as opened:
        yield opened


def is_trouble(message):
    """An error told in the console, but for refusals, and for what one leaves a page without waiting for."""
    is_left = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest"))  # a failure says htmx:sendError beside
    return message.type == "error" and "status of 4" not in message.text and not is_left


class Visit:
    """A page of the platform as a person opens it, with what went wrong on the way."""

    def __init__(self, context, address):
        self.context, self.address, self.troubles = context, address, []
        self.page = context.new_page()
        self.page.on("console", lambda m: is_trouble(m) and self.troubles.append(m.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda r: r.url.startswith((address, "data:")) or self.troubles.append(r.url))

    def open(self, path):
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def visit(chromium, server):
    """Open pages in a fresh browser profile; options are those of a Playwright context."""
    contexts, visits = [], []

    def start(*, viewport=PHONE, **options):
        context = chromium.new_context(viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris", **options)
        contexts.append(context)
        visits.append(Visit(context, server))
        return visits[-1]

    yield start
    troubles = [trouble for one in visits for trouble in one.troubles]
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360", "1280"])
def viewport(request):
    return request.param
