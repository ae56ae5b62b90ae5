from datetime import date

import opening_hours
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.places.importers import france_services, rows

HOUSE = {
    "id_fs": "12",
    "insee_dep": "34",
    "lib_fs": "France services de Roquevive",
    "adresse": "1 place du Lavoir",
    "complement_adresse": "",
    "insee_com": "34901",
    "code_postal": "34990",
    "lib_com": "Roquevive",
    "latitude": "43.61",
    "longitude": "3.87",
    "mail": "roquevive@maisons.example",
    "telephone": "04 65 71 20 10",
    "h_lundi": "09:00 - 12:00 / 13:30 - 17:00",
    "h_mardi": "09:00 - 12:00 / 13:30 - 17:00",
    "h_mercredi": "09:00 - 12:00",
    "h_jeudi": "09:00 - 12:00 / 13:30 - 17:00",
    "h_vendredi": "00:00 - 00:00",
    "h_samedi": "",
    "prise_rdv": "Oui",
    "commentaire": "Sur rendez-vous le samedi",
    "type_fs": "Principal",
    "format_fs": "Bus_équivalent",
    "groupe_fs": "",
    "labellisation_fs": "Espace labellisé 01/01/2020",
}


def read(**changes):
    draft = france_services.draft({**HOUSE, **changes})
    return rows.read(draft, number=1, today=date(2026, 11, 23))


def test_a_house_in_the_words_of_the_standard():
    found = read()
    assert found.is_usable
    assert not found.problems
    assert found.values == {
        "name": "France services de Roquevive",
        "commune_name": "Roquevive",
        "address": "1 place du Lavoir",
        "insee_code": "34901",
        "postcode": "34990",
        "latitude": 43.61,
        "longitude": 3.87,
        "emails": ["roquevive@maisons.example"],
        "phone": "+33465712010",
        "programmes": ["France Services"],
        "typologies": ["RFS"],
        "itinerance": ["Itinérant"],
        "opening_hours": "Mo,Tu,Th 09:00-12:00,13:30-17:00; We 09:00-12:00",
        "access_notes": "Rendez-vous possible. Sur rendez-vous le samedi",
    }
    assert found.kept == {"type_fs": "Principal", "labellisation_fs": "Espace labellisé 01/01/2020"}


def test_hours_that_cannot_be_read_are_set_aside_day_by_day():
    found = read(h_lundi="sur demande", h_mardi="17:00 - 09:00")
    assert found.values["opening_hours"] == "We 09:00-12:00; Th 09:00-12:00,13:30-17:00"
    assert found.kept["h_lundi"] == "sur demande"
    assert {one.field for one in found.problems} == {"h_lundi", "h_mardi"}


@pytest.mark.parametrize(("text", "kept"), [("Fixe", ["Fixe"]), ("Fixe_antenne(s)", ["Fixe"]), ("Multisites", None)])
def test_what_is_neither_fixed_nor_mobile_is_left_open(text, kept):
    assert read(format_fs=text).values.get("itinerance") == kept


def test_an_overseas_number_is_read_in_its_own_plan():
    found = read(code_postal="97460", insee_com="97415", latitude="-21.0", longitude="55.3", telephone="02 62 71 20 10")
    assert found.values["phone"] == "+262262712010"


moments = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
spans = st.tuples(moments, moments).map(sorted).filter(lambda pair: pair[0] < pair[1]).map(" - ".join)


@given(st.dictionaries(st.sampled_from(list(france_services._DAYS.values())), spans))
def test_any_week_becomes_hours_that_can_be_understood(days):
    text = france_services.week({day: france_services.spans_of(span) for day, span in days.items()})
    assert text == "" if not days else opening_hours.validate(text)
