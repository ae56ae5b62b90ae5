"""Workbooks for tests in the layout of La Coop: instructions, a double header, data from row 4. Invented people."""

import io

import xlsxwriter

HEADER = [
    ["Remplissez une ligne par bénéficiaire. Les champs suivis d’une étoile sont obligatoires."],
    ["Informations", "", "", "Commune de résidence", "", "", "Contact", "", "", ""],
    ["Nom*", "Prénom*", "Année de naissance", "Nom", "INSEE", "Code postal", "Téléphone", "E-mail", "Genre", "Notes"],
]
ODILE = ["Ferrand", "Odile", 1956, "Sète", "34301", "34200", "06 39 98 12 34", "odile@mail.example", "Féminin", ""]
KARIM = ["Belloc", "Karim", 1990, "", "", "", "", "", "Masculin", ""]


def book(*rows, header=HEADER, hidden=False, far=None, formula=None):
    """The bytes of a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("Bénéficiaires")
        for number, row in enumerate([*header, *rows]):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
        if formula:
            sheet.write_formula(*formula)
        if far:
            sheet.write(*far, "x")
        if hidden:
            made.add_worksheet("Cachée").hide()
    return out.getvalue()
