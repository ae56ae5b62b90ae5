import contextlib
import gzip
import hashlib
import io
import tarfile
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import open_text, sha256

FRENCH = "nom;commune\nL’aide « à côté » – 5 €;Sète\n"


def read(path, **options):
    with open_text(path, **options) as file:
        return file.read()


def put(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_same_words_whatever_the_encoding(tmp_path, encoding, pack):
    assert read(put(tmp_path, pack(FRENCH.encode(encoding)))) == FRENCH


def test_latin_1_and_the_five_letters_cp1252_leaves_out(tmp_path):
    assert read(put(tmp_path, "Béziers;Sète".encode("latin-1"))) == "Béziers;Sète"
    assert read(put(tmp_path, b"\xe9\x81\x8d\x8f\x90\x9d")) == "é\x81\x8d\x8f\x90\x9d"


def test_a_letter_cut_between_two_blocks_is_still_utf_8(tmp_path):
    text = "a" * ((1 << 20) - 1) + "é" + "b"
    assert read(put(tmp_path, text.encode())) == text


def test_a_file_that_stops_in_the_middle_of_a_letter_is_read(tmp_path):
    assert read(put(tmp_path, "Sète é".encode()[:-1])).startswith("S")


BAD = {
    "empty": b"",
    "blank": b" \r\n \n",
    "mark only": b"\xef\xbb\xbf",
    "utf-16 little": FRENCH.encode("utf-16-le"),
    "utf-16 with mark": FRENCH.encode("utf-16"),
    "utf-16 big": b"\xfe\xff" + FRENCH.encode("utf-16-be"),
    "nul": b"a;b\n1;\x002\n",
    "nul far away": b"a;b\n" + b"x" * (3 << 20) + b"\0",
    "gzip cut": gzip.compress(FRENCH.encode() * 1000)[:-20],
    "gzip broken": gzip.compress(bytes(range(1, 256)) * 50)[:40] + b"\xff" * 60,
    "gzip of nothing": gzip.compress(b""),
    "not really gzip": b"\x1f\x8bhello",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_gets_a_sentence(tmp_path, content):
    with pytest.raises(DomainError) as refused:
        open_text(put(tmp_path, content))
    assert str(refused.value)


def test_archives_and_spreadsheets_are_no_text(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", FRENCH)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"), io.BytesIO(b""))
    for content in (packed.getvalue(), tar.getvalue()):
        with pytest.raises(DomainError):
            open_text(put(tmp_path, content))


def test_no_file_and_a_folder_get_a_sentence(tmp_path):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(DomainError):
            open_text(path)


def test_the_limit_counts_unpacked_bytes(tmp_path):
    path = put(tmp_path, gzip.compress(b"a" * 2_000_000))
    assert len(read(path, limit=2_000_000)) == 2_000_000
    with pytest.raises(DomainError, match="1 M"):
        open_text(path, limit=1 << 20)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        for _ in range(200):
            out.write(b"a" * (1 << 20))
    before = time.process_time()
    with pytest.raises(DomainError):
        open_text(path, limit=1 << 20)
    assert time.process_time() - before < 0.5  # all 200 MB would take more


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_comes_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "file"
    if not text.encode().startswith(b"\x1f\x8b") and text[0] != "\ufeff":
        path.write_bytes(text.encode())
        assert read(path) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    with contextlib.suppress(DomainError):
        assert isinstance(read(path), str)


def test_the_fingerprint_of_a_file(tmp_path):
    assert sha256(put(tmp_path, b"abc")) == hashlib.sha256(b"abc").hexdigest()
