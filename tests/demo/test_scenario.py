"""The scenario is rich, valid and invented."""

import csv
import re
from collections import Counter

import phonenumbers
import pytest

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import Level, Theme
from pourtous.demo.scenario import FOLDER, fixed_code, read
from pourtous.kernel.geometry import Point, is_in_france
from pourtous.kernel.ids import read_code
from pourtous.places import enums
from pourtous.places.models import Place

PLACES = read("places")
TEN_DIGITS = 10
FILES = ("associations-octobre", "associations-novembre")
DIMENSIONS = {
    "services": enums.Service,
    "audiences": enums.Audience,
    "care": enums.Care,
    "fees": enums.Fee,
    "itinerance": enums.Itinerance,
    "programmes": enums.Programme,
    "labels": enums.Label,
    "access_modes": enums.AccessMode,
    "supports": enums.Support,
}


def rows_of(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_value_of_the_standard_is_met_and_no_other(dimension):
    used = {value for place in PLACES for value in place.get(dimension, ())}
    assert used == {member.value for member in DIMENSIONS[dimension]}


def test_there_are_about_eighty_places_all_over_the_departement():
    shown = [place for place in PLACES if place.get("state", "published") == "published"]
    assert 80 <= len(shown) <= 95
    assert len({place["insee_code"] for place in shown}) >= 45


def test_keys_and_codes_are_unique():
    keys = [place["key"] for place in PLACES]
    codes = [fixed_code("place", key) for key in keys]
    assert len(set(keys)) == len(set(codes)) == len(keys)
    assert all(read_code(code) == code for code in codes)


def test_telephones_are_valid_and_of_the_range_for_fiction():
    phones = [place["phone"] for place in PLACES if "phone" in place]
    assert all(
        phone.startswith("+3346571") and phonenumbers.is_valid_number(phonenumbers.parse(phone)) for phone in phones
    )


def test_telephones_of_files_edits_and_reports_are_of_that_range_too():
    written = [row["telephone"] for name in FILES for row in rows_of(name)]
    written += [row["contact"] for row in read("reports") if row["contact"] and "@" not in row["contact"]]
    changed = [row["changes"]["phone"] for row in read("edits") if "phone" in row["changes"]]
    assert all(phone.startswith("04 65 71") for phone in written)
    assert all(phone.startswith("+3346571") for phone in changed)
    whole = [
        phonenumbers.parse(phone, "FR") for phone in (*written, *changed) if len(phone.replace(" ", "")) >= TEN_DIGITS
    ]
    assert len(whole) == len(written) + len(changed) - 1, "one number of the files is cut, on purpose"
    assert all(phonenumbers.is_valid_number(phone) for phone in whole)


def test_every_person_writes_from_an_example():
    people = [person["email"] for row in read("organisations") for unit in row["units"] for person in unit["people"]]
    people += [row["email"] for row in read("invitations")]
    people += [row["contact"] for row in read("reports") if "@" in row["contact"]]
    people += [row["courriels"] for name in FILES for row in rows_of(name) if "@" in row["courriels"]]
    assert all(address.endswith(".example") for address in people)


def test_every_site_and_mail_is_an_example():
    texts = [text for place in PLACES for column in ("emails", "websites") for text in place.get(column, ())]
    texts += [place[column] for place in PLACES for column in ("booking_url", "accessibility_url") if column in place]
    assert all(re.search(r"\.example(/|$)", text) for text in texts)


def test_columns_fit_the_model():
    fields = {field.name: field for field in Place._meta.concrete_fields}
    for place in PLACES:
        for column, value in place.items():
            if column not in {"key", "collector"} and isinstance(value, str) and fields[column].max_length:
                assert len(value) <= fields[column].max_length
        assert is_in_france(Point(place["latitude"], place["longitude"]))


def test_hours_vary_and_some_are_unknown():
    hours = Counter(place.get("opening_hours", "") for place in PLACES)
    assert len(hours) >= 25
    assert hours[""] >= 2


def test_each_capability_has_a_manager_and_a_member():
    units = [unit for row in read("organisations") for unit in row["units"]]
    for capability in Capability.values:
        roles = {person["role"] for unit in units if capability in unit["capabilities"] for person in unit["people"]}
        assert roles == {"manager", "member"}, capability
    assert any(len(row["units"]) > 1 for row in read("organisations"))
    assert any(not unit["capabilities"] for unit in units)


def test_the_page_of_roles_names_people_of_the_scenario_and_stays_short():
    there = {one["email"] for row in read("organisations") for unit in row["units"] for one in unit["people"]}
    shown = [one["email"] for row in read("roles") for one in row["people"]]
    assert set(shown) <= there
    assert len(set(shown)) == len(shown) <= 16


def test_courses_cover_nine_themes_and_three_levels():
    courses = [row for row in read("courses") if row.get("format") != "outreach"]
    assert len(courses) >= 50
    assert {row["theme"] for row in courses} == set(Theme.values)
    assert {row["level"] for row in courses} == set(Level.values)
    assert sum(row["state"] == "published" for row in courses) >= 20
