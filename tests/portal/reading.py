"""Reading a page as a person does: its sentences, without names, data and labels."""

import re
from html.parser import HTMLParser

import textstat
from django.conf import settings

textstat.set_lang("fr")
# Kandel and Moles (1958), the constants textstat gives for French.
LONGEST = 15
SHORTEST = 5
BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "th", "td", "legend", "label", "summary", "caption", "div", "button"}
SILENT = {"script", "style", "svg", "title", "option", "address"}
APART = {"option__label", "soft", "step__title", "button", "state", "tag"}  # inline, yet lines of their own


class _Text(HTMLParser):
    """The words of the main part and of the human band, one block a line; what is not to be translated is left out."""

    def __init__(self):
        super().__init__()
        self.parts, self.stack = [], []

    def handle_starttag(self, tag, attrs):
        if tag in {"input", "br", "meta", "link", "hr", "path", "circle", "img", "rect"}:
            self.parts.append(" ")
            return
        self.stack.append((tag, tag in SILENT or ("translate", "no") in attrs or ("class", "sheet__demo") in attrs))
        if tag in BLOCKS or self._is_apart(attrs):
            self.parts.append("\n")

    @staticmethod
    def _is_apart(attrs):
        return bool(APART & set((dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data):
        if not any(silent for _tag, silent in self.stack):
            self.parts.append(data.replace("\n", " "))


def sentences(html):
    """Sentences of five words or more; enumerations are no sentences."""
    reader = _Text()
    reader.feed(html[html.index("<main") : html.index("<footer") if "<footer" in html else None])
    lines = re.split(r"\n|(?<=[.?!…])\s", "".join(reader.parts))
    clean = [re.sub(r"\s+", " ", line).strip() for line in lines]
    return [line for line in clean if len(words(line)) >= SHORTEST and not is_enumeration(line) and not is_data(line)]


def is_data(line):
    """A line that settings fill: the name and address of the human at the bottom of a sheet."""
    return settings.TERRITORY["help_name"] in line


def is_enumeration(line):
    """Three things or more, each of a few words, without the full stop of a sentence: "Clavier, souris, textes"."""
    things = line.split(",")
    return len(things) > 2 and not line.endswith(".") and all(len(words(thing)) <= 4 for thing in things)


def words(text):
    """The words of a sentence: "l’aide" is two, "avez-vous" one, numbers and signs none."""
    return re.findall(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*", text)


def ease(lines):
    """The Kandel–Moles score of a page: over 80 is easy."""
    text = " ".join(line if line.endswith((".", "?", "!", "…")) else f"{line}." for line in lines)
    return textstat.flesch_reading_ease(text.replace("’", "'").replace("‑", "-").replace("\u00a0", " "))
