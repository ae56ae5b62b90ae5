import re
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from python_calamine import CalamineWorkbook

from pourtous.places import preview
from pourtous.places.enums import Fee
from pourtous.places.forms.hours import HoursForm
from pourtous.places.forms.place import PlaceForm, initial_of
from pourtous.places.rules.grid import read
from tests.accounts.factories import UnitFactory
from tests.places.factories import LayerFactory, PlaceFactory, ProblemReportFactory

pytestmark = pytest.mark.django_db


def page_of(place):
    return reverse("work-place", kwargs={"code": place.code})


def filled(place, **changes):
    """What a browser sends when the form is saved as it stands, with changes."""
    form = PlaceForm(initial=initial_of(place))
    data = {name: form[name].value() for name in form.fields}
    grid = HoursForm(grid=read(place.opening_hours))
    data |= {f"h-{name}": grid[name].value() for name in grid.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    return data | changes


@pytest.mark.parametrize(
    ("name", "method"),
    [("work-place", "get"), ("work-place", "post"), ("work-place-release", "post")],
)
def test_a_place_is_for_its_unit_and_the_team(name, method, place, owner, stranger, team, donor, client):
    url = reverse(name, kwargs={"code": place.code})
    for allowed in (owner, team):
        assert getattr(allowed, method)(url).status_code in {200, 302}
    for refused in (stranger, donor):
        assert getattr(refused, method)(url).status_code == 404
    assert getattr(client, method)(url).status_code == 302


@pytest.mark.parametrize("name", ["work-place-state", "work-place-unit"])
def test_states_and_units_are_for_the_team(name, place, owner, stranger, team):
    url = reverse(name, kwargs={"code": place.code})
    assert owner.post(url).status_code == 404
    assert stranger.post(url).status_code == 404
    assert team.post(url).status_code == 302


def test_a_new_place_is_for_the_team(owner, team):
    url = reverse("work-place-new")
    assert owner.get(url).status_code == 404
    assert team.get(url).status_code == 200
    answer = team.post(url, {"name": "Neuf", "commune_name": "Valbrune"})
    assert answer.status_code == 302


def test_each_sees_the_places_they_look_after(place, owner, stranger, team, donor):
    url = reverse("work-places")
    assert "Le Cabanon" in owner.get(url).text
    assert "Le Cabanon" not in stranger.get(url).text
    assert "Le Cabanon" in team.get(url).text
    assert donor.get(url).status_code == 404


def test_the_list_narrows_sorts_and_exports_what_it_shows(team):
    PlaceFactory(name="Zèbre", phone="")
    PlaceFactory(name="Abeille", state="hidden")
    ProblemReportFactory(place=PlaceFactory(name="=Formule"))
    url = reverse("work-places")
    assert team.get(url + "?q=zebre").context["page"].paginator.count == 1
    assert [p.name for p in team.get(url + "?probleme=phone").context["page"]] == ["Zèbre"]
    assert [p.name for p in team.get(url + "?etat=hidden").context["page"]] == ["Abeille"]
    assert [p.name for p in team.get(url + "?probleme=reports").context["page"]] == ["=Formule"]
    assert [p.name for p in team.get(url + "?sort=-name").context["page"]] == ["Zèbre", "=Formule", "Abeille"]
    csv = team.get(reverse("work-places-csv") + "?etat=published&sort=-name").content.decode("utf-8-sig")
    assert "Zèbre" in csv
    assert "Abeille" not in csv
    assert ";'=Formule;" in csv
    xlsx = team.get(reverse("work-places-xlsx") + "?etat=hidden").content
    rows = CalamineWorkbook.from_filelike(BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Abeille"]


@pytest.mark.parametrize("query", ["q=%C3%A9" * 50, "etat=x", "unite=x", "probleme=x", "sort=-x", "page=x", "page=999"])
def test_odd_addresses_of_the_list_break_nothing(query, team, place):
    assert team.get(f"{reverse('work-places')}?{query}").status_code == 200


def test_the_list_takes_the_same_number_of_queries_for_any_length(team, django_assert_max_num_queries):
    PlaceFactory.create_batch(30)
    with django_assert_max_num_queries(14):
        team.get(reverse("work-places"))


def test_saving_as_it_stands_changes_nothing_but_the_date(place, owner):
    place.opening_hours = "Mo-Fr 09:00-12:00,14:00-17:00"
    place.other_labels, place.typologies = ("x",), ("RFS",)
    place.save()
    answer = owner.post(page_of(place), filled(place))
    assert answer.status_code == 302, answer.context["form"].errors
    before = {name: getattr(place, name) for name in ("opening_hours", "name", "services", "typologies", "phone")}
    place.refresh_from_db()
    assert {name: getattr(place, name) for name in before} == before
    assert place.managed == ("updated_on",)


def test_any_clear_format_is_taken(place, owner):
    answer = owner.post(
        page_of(place),
        filled(
            place,
            phone="04.65.71-20 10",
            emails="a@lieu.example, b@lieu.example",
            websites="www.lieu.example",
            postcode="34 990",
            walk_in="yes",
        ),
    )
    assert answer.status_code == 302, answer.context["form"].errors
    place.refresh_from_db()
    assert (place.phone, place.emails) == ("+33465712010", ("a@lieu.example", "b@lieu.example"))
    assert (place.websites, place.postcode, place.walk_in) == (("https://www.lieu.example",), "34990", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("phone", "12"),
        ("emails", "pas une adresse"),
        ("websites", "http://"),
        ("postcode", "34"),
        ("summary", "x" * 400),
        ("name", "a\0b"),
        ("services", ["n’existe pas"]),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_is_kept(field, value, place, owner):
    answer = owner.post(page_of(place), filled(place, **{field: value}))
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    place.refresh_from_db()
    assert place.name == "Le Cabanon"


def test_the_grid_writes_opening_hours_and_reads_them_back(place, owner):
    place.opening_hours = ""
    place.save()
    grid = {
        "h-d0_from1": "9h",
        "h-d0_to1": "12 h 30",
        "h-d2_from1": "14:00",
        "h-d2_to1": "1730",
        "h-d6_closed": "on",
        "h-holidays": "closed",
        "h-e0_first": "2026-12-24",
        "h-e0_last": "02/01/2027",
    }
    answer = owner.post(page_of(place), filled(place, **grid))
    assert answer.status_code == 302, answer.context["hours_form"].errors
    place.refresh_from_db()
    written = "Mo 09:00-12:30; We 14:00-17:30; PH off; 2026 Dec 24-2027 Jan 02 off"
    assert place.opening_hours == written
    assert "opening_hours" in place.managed
    shown = owner.get(page_of(place)).context["hours_form"]
    assert shown["d0_from1"].value() == "09:00"


@pytest.mark.parametrize(
    ("grid", "field"),
    [
        ({"h-d0_from1": "neuf heures"}, "d0_from1"),
        ({"h-d0_from1": "9"}, "d0_to1"),
        ({"h-d0_from1": "12", "h-d0_to1": "9"}, "d0_from1"),
        ({"h-d0_from1": "9", "h-d0_to1": "12", "h-d0_from2": "11", "h-d0_to2": "14"}, "d0_from1"),
        ({"h-d0_from1": "9", "h-d0_to1": "12", "h-d0_closed": "on"}, "d0_from1"),
        ({"h-e0_first": "demain"}, "e0_first"),
        ({"h-e0_first": "2026-12-24", "h-e0_last": "2026-12-01"}, "e0_last"),
        ({"h-e0_first": "9999-12-24"}, "e0_first"),
        ({"h-e0_from1": "9", "h-e0_to1": "10"}, "e0_first"),
    ],
)
def test_a_grid_that_cannot_be_gets_a_sentence_beside_it(grid, field, place, owner):
    place.opening_hours = ""
    place.save()
    answer = owner.post(page_of(place), filled(place, **grid))
    assert answer.context["hours_form"].errors[field]


def test_complex_hours_are_shown_in_words_and_stay_until_replaced(place, owner):
    place.opening_hours = 'Mo-Fr 09:00-12:00; Jul-Aug off; "sonner"'
    place.save()
    shown = owner.get(page_of(place))
    assert shown.context["hours_form"] is None
    data = {name: value for name, value in filled(place).items() if not name.startswith("h-")}
    assert owner.post(page_of(place), data).status_code == 302
    place.refresh_from_db()
    assert "Jul-Aug" in place.opening_hours
    assert owner.get(page_of(place) + "?grille=1").context["hours_form"] is not None
    grid = {"h-holidays": "call", "h-d0_from1": "9", "h-d0_to1": "10"}
    assert owner.post(page_of(place) + "?grille=1", data | grid).status_code == 302
    place.refresh_from_db()
    assert place.opening_hours == "Mo 09:00-10:00"


def test_a_preview_shows_what_is_not_saved(place, owner, monkeypatch):
    monkeypatch.setattr(preview, "_draw", [lambda _request, shown: HttpResponse(shown.name)])
    answer = owner.post(page_of(place), filled(place, name="Le Grand Cabanon", action="preview"))
    assert answer.text == "Le Grand Cabanon"
    place.refresh_from_db()
    assert place.name == "Le Cabanon"


def part_of(place, monkeypatch):
    whole = lambda _request, _shown: HttpResponse()  # noqa: E731
    monkeypatch.setattr(preview, "_draw", [whole, lambda _request, shown: HttpResponse(f"{shown.name}, {shown.phone}")])
    return reverse("work-place-preview", kwargs={"code": place.code})


def test_the_preview_beside_the_form_leaves_out_what_is_not_right_and_saves_nothing(place, owner, monkeypatch):
    url = part_of(place, monkeypatch)
    before = place.phone
    answer = owner.post(url, filled(place, name="Le Grand Cabanon", phone="12", **{"h-d0_from1": "99"}))
    assert answer.text == f"Le Grand Cabanon, {before}"
    assert owner.post(url, filled(place, name="")).text == f"Le Cabanon, {before}"
    assert owner.post(url, {"name": "a\0b", "services": "x", "care": ["?"]}).status_code == 200
    place.refresh_from_db()
    assert (place.name, place.phone) == ("Le Cabanon", before)


def test_the_preview_beside_the_form_is_for_those_who_edit(place, owner, team, stranger, donor, client, monkeypatch):
    url = part_of(place, monkeypatch)
    assert owner.get(url).status_code == 405
    for allowed in (owner, team):
        assert allowed.post(url, filled(place)).status_code == 200
    for refused in (stranger, donor):
        assert refused.post(url, filled(place)).status_code == 404
    assert client.post(url, filled(place)).status_code == 302


def test_each_part_says_what_is_in_it(place, owner):
    place.services, place.fees, place.phone, place.walk_in = (
        (),
        (Fee.FREE.value,),
        "",
        True,
    )
    place.opening_hours = "Mo-Fr 09:00-12:00"
    place.save()
    told = {section.key: section.told for section in owner.get(page_of(place)).context["sections"]}
    assert "5" in told["hours"]
    assert "sans rendez-vous" in told["way"]
    assert told["programme"].startswith("Gratuit")


def test_only_a_part_with_an_error_is_open(place, owner):
    assert " open>" not in owner.get(page_of(place)).text
    for key, wrong in (("contact", {"phone": "12"}), ("hours", {"h-d0_from1": "99"}), ("what", {"name": ""})):
        page = owner.post(page_of(place), filled(place, **wrong))
        found = re.findall(r'<details class="fold" id="(\w+)" open>', page.text)
        assert found == [key]


def test_what_the_sources_say_otherwise_is_listed_and_can_be_taken(place, owner):
    place.managed = ("phone",)
    place.save()
    LayerFactory(place=place, values={"phone": "+33465719999", "name": "Le Cabanon", "commune_name": "Valbrune"})
    [difference] = owner.get(page_of(place)).context["differences"]
    assert (difference.name, difference.theirs) == ("phone", "+33465719999")
    owner.post(reverse("work-place-release", kwargs={"code": place.code}), {"name": "phone"})
    place.refresh_from_db()
    assert (place.phone, place.managed) == ("+33465719999", ())


def test_the_team_hides_and_hands_over(place, team):
    unit = UnitFactory(capabilities=["host"])
    team.post(reverse("work-place-state", kwargs={"code": place.code}), {"state": "hidden"})
    team.post(reverse("work-place-unit", kwargs={"code": place.code}), {"unit": str(unit.pk)})
    place.refresh_from_db()
    assert (place.state, place.unit) == ("hidden", unit)
    team.post(reverse("work-place-state", kwargs={"code": place.code}), {"state": "n’importe quoi"})
    place.refresh_from_db()
    assert place.state == "hidden"


@pytest.mark.parametrize("code", ["x", "é", "0" * 300, "AAAAAAA"])
def test_a_code_that_is_none_of_ours_is_not_found(code, team):
    assert team.get(reverse("work-place", kwargs={"code": code})).status_code == 404
