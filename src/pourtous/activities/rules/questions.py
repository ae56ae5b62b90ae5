"""The skills check, in our own words: five questions about the person, nine gestures, ten tasks of life.

Frame: DigComp 2.2 (five areas, foundation levels) and the French CRCN (five domains); the nine gestures are those a
complete beginner meets first (as in the UK's essential digital skills). No text of another test is used. Twelve to
fifteen minutes, aloud. A question's key never changes; a new set gets a new `VERSION`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

VERSION = "1"


@dataclass(frozen=True)
class Question:
    """A question; `area` is 1 to 5 (DigComp) for tasks, 0 for gestures. `short` names the skill on a chart."""

    key: str
    words: str | Promise
    short: str | Promise
    area: int = 0


@dataclass(frozen=True)
class Choice:
    """A question about the person, with its answers: (term, words)."""

    key: str
    words: str | Promise
    answers: tuple[tuple[str, str | Promise], ...]


AREAS: dict[int, str | Promise] = {
    1: _("Finding information"),
    2: _("Talking with others"),
    3: _("Writing and pictures"),
    4: _("Protecting oneself"),
    5: _("Getting things done"),
}

CONTEXT: tuple[Choice, ...] = (
    Choice(
        "device",
        _("What do you have at home?"),
        (
            ("computer", _("A computer")),
            ("tablet", pgettext_lazy("at home", "A tablet")),
            ("phone", _("Only a phone")),
            ("nothing", pgettext_lazy("device at home", "Nothing")),
        ),
    ),
    Choice(
        "connection",
        _("How are you connected?"),
        (
            ("home", _("Internet at home")),
            ("phone", _("Internet on the phone")),
            ("elsewhere", _("Only elsewhere: library, friends")),
            ("none", pgettext_lazy("connection", "Not at all")),
        ),
    ),
    Choice(
        "often",
        _("How often do you go on the internet?"),
        (
            ("daily", _("Every day")),
            ("weekly", _("Every week")),
            ("seldom", _("Now and then")),
            ("never", _("Never")),
        ),
    ),
    Choice(
        "helper",
        _("Who helps you when you are stuck?"),
        (
            ("family", _("Family or friends")),
            ("professional", _("A professional")),
            ("nobody", _("Nobody")),
            ("alone", _("I manage alone")),
        ),
    ),
    Choice(
        "aim",
        _("What do you want first?"),
        (
            ("procedures", _("Do my procedures")),
            ("work", _("Find work")),
            ("family", _("Stay in touch with my family")),
            ("curious", _("Learn, for pleasure")),
            ("safety", _("No longer be afraid to do wrong")),
        ),
    ),
)

GESTURES: tuple[Question, ...] = (
    Question("turn_on", _("Turn a device on and off"), _("Turning it on")),
    Question("pointer", _("Use the mouse, or touch the screen"), _("Mouse or screen")),
    Question("keyboard", _("Type a word on the keyboard, put a mistake right"), _("Keyboard")),
    Question("find_app", _("Find and open a program or an app"), _("Opening an app")),
    Question("wifi", _("Connect to the Wi-Fi"), _("Wi-Fi")),
    Question("open_site", _("Open a web site whose name you know"), _("Opening a site")),
    Question("come_back", _("Come back to the page before, close a window"), _("Coming back")),
    Question("password", _("Type a password, and find it again when it is lost"), _("Password")),
    Question("settings", _("Make the text bigger, the sound louder"), _("Text and sound")),
)

TASKS: tuple[Question, ...] = (
    Question("search", _("Find the opening hours of a service"), _("Searching"), 1),
    Question("judge", _("Tell whether a piece of news is true"), _("Checking news"), 1),
    Question("email", _("Send an e-mail with a photo or a paper"), _("E-mail"), 2),
    Question("video", _("Call somebody with a picture"), _("Video call"), 2),
    Question("letter", _("Write a letter, keep it, find it again"), _("A letter"), 3),
    Question("photo", _("Take a photo of a paper and keep it in order"), _("Photos"), 3),
    Question("secure", _("Choose a password that is hard to guess"), _("Good passwords"), 4),
    Question("scam", _("See that a message is a trap"), _("Traps"), 4),
    Question("form", _("Fill in a form of a public service"), _("Forms"), 5),
    Question("install", _("Install an app, print a page"), _("Install, print"), 5),
)

LEVELS: tuple[tuple[int, str | Promise], ...] = (
    (0, _("Not yet")),
    (1, _("With help")),
    (2, pgettext_lazy("skill", "Alone")),
    (3, _("I could show someone")),
)
SKILLS: tuple[Question, ...] = (*GESTURES, *TASKS)
BY_KEY: dict[str, Question] = {question.key: question for question in SKILLS}
CONTEXT_BY_KEY: dict[str, Choice] = {choice.key: choice for choice in CONTEXT}
