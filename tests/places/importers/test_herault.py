from datetime import date

import pytest

from pourtous.places.importers import herault, rows

PLACE = {
    "code_service": "S-12",
    "pivot": "",
    "lib_long_service": "Médiathèque de Roquevive",
    "nom_comm": "ROQUEVIVE",
    "lieu_code_postal": "34990",
    "num_insee_comm_service": "34901",
    "adresse": "1 place du Lavoir",
    "lieu_lat84": "43,61",
    "lieu_long84": "3,87",
    "tabservice_tel_service": "04.65.71.20.10",
    "tabservice_mail_service": "lam@roquevive.example",
    "site_internet_service": "www.roquevive.example",
    "date_maj": "12/03/2026",
    "infos_complementaires": "Accompagnement à la création numérique le jeudi",
    "lib_long_type": "Lieux d'accès multimédia",
    "administration": "",
    "itinerance": "0",
    "cond_acces": "Gratuit;Sans Rendez-Vous",
    "mod_acces": "Espace avec un accompagnement à  la formation à  l'informatique;Espace ou borne en libre accès",
    "borne_libre_service": "1",
    "publics": "Jeune;Personne en situation de handicap;Tout public",
    "accueil_pmr": "1",
    "demarches": "Aide à  la mobilité",
    "usages": "Imprimer ou scanner un document",
    "reseau": "",
    "horaires": "Mo-Fr 09:00-12:00",
}


def read(**changes):
    return rows.read(herault.draft({**PLACE, **changes}), number=1, today=date(2026, 11, 23))


def test_a_place_of_the_portal_in_our_words():
    values = read().values
    assert (values["name"], values["latitude"], values["phone"]) == ("Médiathèque de Roquevive", 43.61, "+33465712010")
    assert values["websites"] == ["https://www.roquevive.example"]
    assert values["updated_on"] == "2026-03-12"
    assert (values["networks"], values["typologies"]) == (["LAM"], ["EPN"])
    assert (values["walk_in"], values["wheelchair"]) == (True, True)
    assert values["access_modes"] == ["Se présenter"]
    assert values["fees"] == ["Gratuit"]
    assert values["supports"] == ["Accompagnement individuel", "En autonomie"]
    assert values["itinerance"] == ["Fixe"]
    assert values["services"] == [
        "Aide aux démarches administratives",
        "Maîtrise des outils numériques du quotidien",
        "Accès internet et matériel informatique",
        "Loisirs et créations numériques",
    ]


def test_a_disability_is_not_four_disabilities():
    found = read()
    assert "care" not in found.values
    assert found.values["audiences"] == ["Jeunes"]
    assert found.kept["publics"] == "Personne en situation de handicap|Tout public"
    assert {one.value for one in found.problems if one.field == "publics"} == {
        "Personne en situation de handicap",
        "Tout public",
    }


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("0", False), ("non", False), ("", None), ("bof", None)])
def test_wheelchair_access_is_yes_no_or_unknown(text, expected):
    found = read(accueil_pmr=text)
    assert found.values.get("wheelchair") is expected
    assert ("accueil_pmr" in found.kept) is (text == "bof")


def test_the_network_of_multimedia_access_points_is_ours_others_are_labels():
    found = read(lib_long_type="", reseau="LAM;Réseau des médiathèques").values
    assert found["networks"] == ["LAM"]
    assert found["typologies"] == ["EPN"]
    assert found["other_labels"] == ["Réseau des médiathèques"]
