"""Files as they come: bytes of an unsure encoding, a compressed one, one that is not what its name says."""

import codecs
import gzip
import hashlib
import io
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

GZIP_MAGIC = b"\x1f\x8b"
_SAMPLE = 1 << 20


def sha256(path: Path) -> str:
    """The hexadecimal SHA-256 of a file, read by blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_text(path: Path, *, limit: int | None = None) -> IO[str]:
    """Open a text file of UTF-8 (with or without BOM), else CP1252; gzip is unpacked on the way.

    Raises DomainError, with a sentence for the person, when the file is empty, holds NUL bytes, is UTF-16
    or is larger than `limit` bytes once unpacked.
    """
    raw = _unpacked(path)
    try:
        _refuse_unreadable(_read(raw, _SAMPLE))
        raw.seek(0)
        encoding = _encoding(raw)
        raw.seek(0)
        _refuse_longer(raw, limit)
        raw.seek(0)
    except BaseException:
        raw.close()
        raise
    return io.TextIOWrapper(raw, encoding=encoding, newline="")


def _unpacked(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP_MAGIC
    return gzip.open(path) if is_packed else path.open("rb")  # type: ignore[return-value]


def _refuse_longer(raw: IO[bytes], limit: int | None) -> None:
    if limit is not None and _is_longer(raw, limit):
        raise DomainError(_("This file is too big once unpacked. The limit is %(mb)s MB.") % {"mb": limit >> 20})


def _read(raw: IO[bytes], size: int) -> bytes:
    try:
        return raw.read(size)
    except (OSError, EOFError) as error:
        raise DomainError(_("This file is damaged: it cannot be unpacked.")) from error


def _refuse_unreadable(sample: bytes) -> None:
    if not sample.strip():
        raise DomainError(_("This file is empty."))
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DomainError(_("This file is in UTF-16. Save it again as CSV UTF-8."))
    if b"\0" in sample:
        raise DomainError(_("This is not a text file. Save it again as CSV UTF-8."))


def _encoding(raw: IO[bytes]) -> str:
    """UTF-8 when the whole file is, else CP1252 (which Latin-1 files read as well)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := _read(raw, _SAMPLE):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "pourtous-cp1252"
    return "utf-8-sig"


def _is_longer(raw: IO[bytes], limit: int) -> bool:
    size = 0
    while block := _read(raw, _SAMPLE):
        size += len(block)
        if size > limit:
            return True
    return False


def _cp1252(name: str) -> codecs.CodecInfo | None:
    """CP1252 where the five bytes it leaves undefined read as Latin-1 does, so that no file is refused for one."""
    if name.replace("_", "-") != "pourtous-cp1252":
        return None
    table = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))

    def decode(data: Any, errors: str = "strict") -> tuple[str, int]:
        return codecs.charmap_decode(bytes(data), errors, table)

    class Incremental(codecs.IncrementalDecoder):
        def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: ARG002, FBT001, FBT002
            return codecs.charmap_decode(data, self.errors, table)[0]

    encode = codecs.lookup("cp1252").encode
    return codecs.CodecInfo(encode, decode, incrementaldecoder=Incremental, name="pourtous-cp1252")


codecs.register(_cp1252)
