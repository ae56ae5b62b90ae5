"""Fields: wiring for assistive technology, text in shape, sentences for what is wrong."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from pourtous.ui.forms import CheckCards, DateField, Form, Option, OptionCards


class Sample(Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la boîte aux lettres.", max_length=20)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput, required=False)
    need = forms.ChoiceField(
        label="Besoin",
        choices=[("a", "A"), ("b", "B")],
        widget=OptionCards(options={"a": Option("Plus", "map"), "b": Option(apart=True)}),
    )
    tools = forms.MultipleChoiceField(label="Outils", choices=[("x", "X")], widget=CheckCards, required=False)
    born = DateField(label="Naissance", required=False)


def filled(**changes):
    return Sample({"name": "Rosa", "need": "a", **changes})


def test_a_faulty_field_points_to_its_hint_and_its_error():
    html = str(filled(name="")["name"].as_field_group())
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert '<label class="field__label" for="id_name"' in html


def test_a_right_field_says_nothing_of_errors():
    html = str(filled()["name"].as_field_group())
    assert "aria-invalid" not in html
    assert "field--error" not in html


def test_choices_stand_in_a_named_group():
    html = str(filled(need="")["need"].as_field_group())
    assert "<fieldset" in html
    assert "<legend" in html
    assert 'aria-describedby="id_need_error"' in html
    assert html.count('type="radio"') == 2
    assert 'class="or"' in html


def test_the_summary_links_to_each_answer_in_the_words_beside_it():
    form = filled(name="", need="", born_day="12", born_month="", born_year="1961")
    summary = Template("{% error_summary form %}").render(Context({"form": form}))
    body = str(form)
    beside = tuple(re.findall(r"<span>([^<]+)</span>", body))
    told = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', summary)
    for target, sentence in told:
        assert f'id="{target}"' in body
        assert sentence.endswith(beside)
    assert len({sentence for _target, sentence in told}) == len(told), "each names its answer"
    assert summary.count("<li>") == 3
    assert 'tabindex="-1"' in summary


def test_no_summary_when_all_is_well():
    assert Template("{% error_summary form %}").render(Context({"form": filled()})).strip() == ""


def test_text_is_put_in_shape_but_not_passwords():
    form = filled(name="  Rosa\u200b \t Alonso ", note="a \r\n  b", secret=" a\u200bb ")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Rosa Alonso"
    assert form.cleaned_data["note"] == "a\nb"
    assert "\u200b" in form.cleaned_data["secret"]


@pytest.mark.parametrize("field", ["name", "note", "secret", "need", "tools", "born_day"])
def test_a_nul_byte_gets_a_sentence(field):
    form = filled(**{field: "a\0b"})
    assert not form.is_valid()
    assert any("illisible" in text for texts in form.errors.values() for text in texts)
    assert "\0" not in str(form)


def test_what_was_typed_is_kept_and_stays_text():
    html = str(filled(name='<b>"x" est trop long pour ce champ'))
    assert "&lt;b&gt;&quot;x&quot;" in html
    assert "<b>" not in html


def test_several_values_are_kept():
    form = Sample(QueryDict("name=Rosa&need=b&tools=x"))
    assert form.is_valid()
    assert form.cleaned_data["tools"] == ["x"]
    assert Sample({"name": "Rosa", "need": "b", "tools": ["x"]}).is_valid()


def test_a_prefix_changes_nothing():
    form = Sample(
        {"p-name": " Rosa ", "p-need": "a", "p-born_day": "1", "p-born_month": "2", "p-born_year": "1961"}, prefix="p"
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Rosa"
    assert form.cleaned_data["born"].isoformat() == "1961-02-01"


@pytest.mark.parametrize(
    ("day", "month", "year", "word"),
    [
        ("", "4", "1961", "jour"),
        ("12", "", "1961", "mois"),
        ("12", "4", "", "année"),
        ("12", "4", "61", "quatre chiffres"),
        ("31", "2", "1961", "n’existe pas"),
        ("x", "2", "1961", "n’existe pas"),
        ("9" * 5000, "2", "1961", "n’existe pas"),
        ("1", "2", "٤٤٤٤", "quatre chiffres"),
    ],
)
def test_each_fault_of_a_date_has_its_sentence(day, month, year, word):
    form = filled(born_day=day, born_month=month, born_year=year)
    assert not form.is_valid()
    assert word in form.errors["born"][0]


def test_a_date_is_drawn_from_what_was_typed_or_known():
    assert 'value="31"' in str(filled(born_day="31", born_month="2", born_year="1961")["born"])
    assert filled().is_valid()


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_an_answer(name, day):
    form = filled(name=name, born_day=day, born_month="1", born_year="2000")
    form.is_valid()
    assert str(form)


def test_forms_do_not_ask_the_browser_to_refuse():
    assert " required" not in str(filled())
