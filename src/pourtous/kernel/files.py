"""Files as they come: bytes of an unsure encoding, a compressed one, one that is not what its name says."""

import codecs
import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError

GZIP_MAGIC = b"\x1f\x8b"
_BLOCK = 1 << 20


def sha256(path: Path) -> str:
    """The hexadecimal SHA-256 of a file, read by blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_text(path: Path, *, limit: int | None = None) -> IO[str]:
    """Open a text file of UTF-8 (with or without BOM), else CP1252; gzip is unpacked on the way.

    The file is read once to its end beforehand: raises DomainError, with a sentence for the person, when it cannot
    be opened, is empty, damaged, UTF-16, holds NUL bytes, or is larger than `limit` bytes once unpacked (nothing
    is unpacked beyond that).
    """
    try:
        with _open_bytes(path) as raw:
            encoding = _examine(raw, limit)
        return io.TextIOWrapper(_open_bytes(path), encoding=encoding, newline="")
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DomainError(_("This file is damaged: it cannot be unpacked.")) from error
    except OSError as error:
        raise DomainError(_("This file cannot be opened.")) from error


def _open_bytes(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        is_packed = file.read(2) == GZIP_MAGIC
    return cast("IO[bytes]", gzip.open(path)) if is_packed else path.open("rb")


def _examine(raw: IO[bytes], limit: int | None) -> str:
    """The encoding: UTF-8 when the whole file is, else CP1252 (which Latin-1 files read as well)."""
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    size = 0
    is_blank = True
    while block := raw.read(_BLOCK):
        if size == 0:
            _refuse_utf16(block)
        size += len(block)
        if limit is not None and size > limit:
            raise DomainError(_("This file is too big once unpacked. The limit is %(mb)s MB.") % {"mb": limit >> 20})
        if b"\0" in block:
            raise DomainError(_("This is not a text file. Save it again as CSV UTF-8."))
        is_blank = is_blank and not block.removeprefix(codecs.BOM_UTF8).strip()
        decoder = _still_utf8(decoder, block)
    if is_blank:
        raise DomainError(_("This file is empty."))
    return "utf-8-sig" if _still_utf8(decoder, b"", final=True) else "pourtous-cp1252"


def _still_utf8(
    decoder: codecs.IncrementalDecoder | None, block: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    """The decoder after one more block; None once the bytes are no UTF-8."""
    if decoder is None:
        return None
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _refuse_utf16(start: bytes) -> None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DomainError(_("This file is in UTF-16. Save it again as CSV UTF-8."))


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
