"""Workbooks for tests, whole and tampered with."""

import io
import zipfile

import xlsxwriter


def book_of(sheets, hidden=()):
    """The bytes of a workbook: `sheets` by name, each a list of rows; those named in `hidden` are not shown."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return out.getvalue()


def with_part(content, name, data):
    """The same workbook with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()
