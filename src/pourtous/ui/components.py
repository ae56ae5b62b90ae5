"""What components are made of, when it is more than a word."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One of numbered steps: a title, a second line, and whether it is done."""

    title: Words
    text: Words = ""
    is_done: bool = False


@dataclass(frozen=True)
class Tab:
    """One view of the same thing, at its own address; `count` is shown beside the word when given."""

    label: Words
    url: str
    is_current: bool = False
    count: int | None = None
