"""QR codes by the thousand: one shape for all addresses of a batch, each a tiny picture of one bit a point.

An SVG a code made a document of 6,700 codes cost gigabytes and minutes; a picture costs a hundredth of it, and prints as
sharp when it is not smoothed (`scaling: "pixelated"`).
"""

import struct
import zlib

import segno

QUIET = 2  # modules around; the paper around a pass is white as well
_SCALE = 2  # points a module, for programs that smooth all the same
_MASK = 3  # any of the eight is read; choosing the best one takes four times as long


def version_for(text: str) -> int:
    """The smallest version that holds addresses of this length, at error correction M."""
    return int(segno.make_qr(text, error="m", mode="byte", boost_error=False).version)


def drawn(text: str, *, version: int) -> bytes:
    """A PNG, black on white."""
    made = segno.make_qr(text, error="m", mode="byte", version=version, mask=_MASK, boost_error=False)
    side = (len(made.matrix) + 2 * QUIET) * _SCALE
    blank = b"\x00" + b"\xff" * _bytes(side)
    lines = b"".join(_line(row, side) * _SCALE for row in made.matrix)
    return _png(side, blank * (QUIET * _SCALE) + lines + blank * (QUIET * _SCALE))


def _bytes(side: int) -> int:
    return (side + 7) // 8


def _line(row: bytearray, side: int) -> bytes:
    edge = "1" * (QUIET * _SCALE)
    bits = edge + "".join(("0" if dark else "1") * _SCALE for dark in row) + edge
    return b"\x00" + int(bits.ljust(_bytes(side) * 8, "1"), 2).to_bytes(_bytes(side), "big")


def _png(side: int, raw: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
