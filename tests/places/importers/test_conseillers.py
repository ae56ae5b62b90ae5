from datetime import date

from pourtous.places.importers import conseillers, rows


def test_a_host_structure():
    cells = {
        "id": "3",
        "raison_sociale": "COMMUNE DE ROQUEVIVE",
        "commune_insee": "Roquevive",
        "siret": "null",
        "adresse": "MAIRIE\n1 PL DU LAVOIR\n34990 ROQUEVIVE",
        "code_postal": "34990",
        "insee_com": "34901",
        "france_services": "oui",
        "nb_cnfs": "2",
    }
    found = rows.read(conseillers.draft(cells), number=1, today=date(2026, 11, 23))
    assert found.values == {
        "name": "COMMUNE DE ROQUEVIVE",
        "commune_name": "Roquevive",
        "insee_code": "34901",
        "postcode": "34990",
        "address": "1 PL DU LAVOIR",
        "address_complement": "MAIRIE",
        "programmes": ["Conseillers numériques", "France Services"],
    }


def test_a_sign_damaged_on_its_way_is_mended():
    draft = conseillers.draft({"id": "3", "raison_sociale": "M<e9>diath<e8>que", "commune_insee": "Roquevive"})
    assert draft.cells["nom"] == "Médiathèque"
