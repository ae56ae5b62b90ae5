"""An activity as lines of the spreadsheet, one a participant, and back."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pourtous.activities.rules.coop.activity import CoopActivity, CoopPerson
from pourtous.activities.rules.coop.labels import AUTONOMY, LEVEL, label, value_of
from pourtous.kernel.text import clean, clean_lines, fold, shorten

Line = Mapping[str, str]  # by our names of columns
LONGEST = 160  # characters of a title, of the name of a procedure
LONGEST_NOTES = 5_000
MOST_PEOPLE = 500
MOST_MINUTES = 1439
WORKSHOP = "collectif"


class UnreadableError(ValueError):
    """An activity that cannot be read: `column` is at fault, `text` what stands there."""

    def __init__(self, line: Line, column: str) -> None:
        self.column, self.text = column, shorten(clean(line.get(column, "")), 60)
        super().__init__(column, self.text)


# --- To lines.


def lines_of(one: CoopActivity) -> list[dict[str, str]]:
    """Its lines, in the order of its participants."""
    shared = _shared(one)
    total = len(one.people)
    return [shared | _personal(person, f"{n}/{total}") for n, person in enumerate(one.people, start=1)]


def _shared(one: CoopActivity) -> dict[str, str]:
    unknown = {name: list(texts) for name, texts in one.unknown.items()}
    topics = [label("topic", term) for term in one.topics] + [label("procedure", term) for term in one.procedures]
    return {
        "day": _day_text(one.day),
        "recorded_on": _day_text(one.recorded_on),
        "modified_on": _day_text(one.modified_on),
        "kind": label("kind", one.kind),
        "place_kind": next(iter(unknown.get("place_kind", ())), label("place_kind", one.place_kind)),
        "place_name": one.place_name,
        "address": one.address,
        "commune": one.commune,
        "postcode": one.postcode,
        "insee_code": one.insee_code,
        "minutes": str(one.minutes),
        "title": one.title,
        "equipment": "\n".join([label("equipment", term) for term in one.equipment] + unknown.get("equipment", [])),
        "topics": "\n".join(topics + unknown.get("topics", [])),
        "tags": "\n".join(one.tags),
        "procedure_name": one.procedure_name,
        "grade": next(iter(unknown.get("grade", ())), _grade(one)),
        "is_oriented": "" if one.kind == WORKSHOP else ("Oui" if one.is_oriented else "Non"),
        "orientation": next(
            iter(unknown.get("orientation", ())), label("orientation", one.orientation) if one.orientation else ""
        ),
        "notes": one.notes,
        "source": one.source,
        "source_id": one.source_id,
    }


def _personal(person: CoopPerson, number: str) -> dict[str, str]:
    return {
        "participants": number,
        "name": person.name,
        "home_commune": person.commune,
        "home_postcode": person.postcode,
        "home_insee": person.insee_code,
        "gender": label("gender", person.gender),
        "age": label("age", person.age),
        "status": label("status", person.status),
    }


def _grade(one: CoopActivity) -> str:
    steps, value = (LEVEL, one.level) if one.kind == WORKSHOP else (AUTONOMY, one.autonomy)
    return f"{list(steps).index(value) + 1}/{len(steps)}" if value in steps else ""


def _day_text(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# --- From lines.


def read_lines(lines: Sequence[Line]) -> CoopActivity:
    """One activity from its lines. Raises UnreadableError when its day, kind or length cannot be read."""
    first = lines[0]
    unknown: dict[str, tuple[str, ...]] = {}
    kind = value_of("kind", first.get("kind", ""))
    if not kind:
        raise UnreadableError(first, "kind")
    topics, procedures = _topics(_several(first, "topics"), unknown)
    people = _people(lines, unknown)
    orientation = _one("orientation", first.get("orientation", ""), unknown)
    return CoopActivity(
        source_id=clean(first.get("source_id", ""))[:60],
        day=_required_day(first),
        kind=kind,
        minutes=_minutes(first),
        place_kind=_one("place_kind", first.get("place_kind", ""), unknown) or "autre",
        topics=topics,
        procedures=procedures,
        recorded_on=_day(first.get("recorded_on", "")),
        modified_on=_day(first.get("modified_on", "")),
        **{name: _short(first, name) for name in ("place_name", "address", "commune", "title", "procedure_name")},
        postcode=_short(first, "postcode")[:5],
        insee_code=_short(first, "insee_code").upper()[:5],
        equipment=_known("equipment", _several(first, "equipment"), unknown),
        tags=_several(first, "tags"),
        autonomy="" if kind == WORKSHOP else _step(first.get("grade", ""), "autonomy", unknown),
        level=_step(first.get("grade", ""), "level", unknown) if kind == WORKSHOP else "",
        is_oriented=fold(first.get("is_oriented", "")).startswith("oui") or bool(orientation),
        orientation=orientation,
        people=people,
        notes=shorten(clean_lines(first.get("notes", "")), LONGEST_NOTES),
        source=_short(first, "source"),
        unknown=unknown,
    )


def _short(line: Line, name: str) -> str:
    return shorten(clean(line.get(name, "")), LONGEST)


def _several(line: Line, name: str) -> tuple[str, ...]:
    """The values of a cell, parted by line breaks."""
    parts = (shorten(clean(part), LONGEST).replace("|", "/") for part in line.get(name, "").splitlines())
    return tuple(dict.fromkeys(part for part in parts if part))


Unknown = dict[str, tuple[str, ...]]


def _one(name: str, text: str, unknown: Unknown) -> str:
    found = value_of(name, text)
    if clean(text) and not found:
        unknown[name] = (shorten(clean(text), LONGEST),)
    return found


def _known(name: str, texts: tuple[str, ...], unknown: Unknown) -> tuple[str, ...]:
    if strange := tuple(text for text in texts if not value_of(name, text)):
        unknown[name] = strange
    return tuple(dict.fromkeys(value_of(name, text) for text in texts if value_of(name, text)))


def _topics(texts: tuple[str, ...], unknown: Unknown) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Topics of mediation and of administrative procedures, which one column holds."""
    topics = tuple(dict.fromkeys(value for text in texts if (value := value_of("topic", text))))
    rest = [text for text in texts if not value_of("topic", text)]
    procedures = tuple(dict.fromkeys(value for text in rest if (value := value_of("procedure", text))))
    if strange := tuple(text for text in rest if not value_of("procedure", text)):
        unknown["topics"] = strange
    return topics, procedures


def _step(text: str, name: str, unknown: Unknown) -> str:
    """A step ("2/3"), or its label."""
    steps = list(AUTONOMY if name == "autonomy" else LEVEL)
    if found := re.fullmatch(r"([123])\s*/\s*3", text.strip()):
        return steps[int(found[1]) - 1]
    value = value_of(name, text)
    if clean(text) and not value:
        unknown["grade"] = (shorten(clean(text), LONGEST),)
    return value


def _people(lines: Sequence[Line], unknown: Unknown) -> tuple[CoopPerson, ...]:
    """One a line; when "2/5" or a number says there were more, the others are told nothing of."""
    read = [_person(line, unknown) for line in lines]
    told = max((_total(line.get("participants", "")) for line in lines), default=0)
    return tuple((read + [CoopPerson()] * (told - len(read)))[:MOST_PEOPLE])


def _person(line: Line, unknown: Unknown) -> CoopPerson:
    values = {}
    for name in ("gender", "age", "status"):
        text = line.get(name, "")
        values[name] = value_of(name, text) or "non_communique"
        if clean(text) and not value_of(name, text):
            unknown[name] = tuple(dict.fromkeys((*unknown.get(name, ()), shorten(clean(text), LONGEST))))
    return CoopPerson(
        **values,
        insee_code=_short(line, "home_insee").upper()[:5],
        commune=_short(line, "home_commune"),
        postcode=_short(line, "home_postcode")[:5],
    )


def _total(text: str) -> int:
    digits = text.rpartition("/")[2].strip()
    return min(int(digits), MOST_PEOPLE) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0  # noqa: PLR2004


def _minutes(line: Line) -> int:
    found = re.fullmatch(r"\s*(\d{1,4})(?:[.,]0+)?\s*(?:min\w*\.?)?\s*", line.get("minutes", ""))
    if not found or not 1 <= int(found[1]) <= MOST_MINUTES:
        raise UnreadableError(line, "minutes")
    return int(found[1])


def _required_day(line: Line) -> date:
    day = _day(line.get("day", ""))
    if day is None:
        raise UnreadableError(line, "day")
    return day


_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


def _day(text: str) -> date | None:
    start = text.strip()[:10]
    for pattern in _FORMATS:
        try:
            day = datetime.strptime(start, pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        return day if 2000 <= day.year <= 2200 else None  # noqa: PLR2004 (no such tool before)
    return None
