"""Reading back what was drawn: the QR codes of a page, as a scanner sees them."""

import struct
import zlib

import zxingcpp

_CHANNELS = {0: 1, 2: 3, 6: 4}


def codes_on(png: bytes) -> list[str]:
    """What the codes on a picture (PNG, 8 bits, not interlaced) say."""
    return [one.text for one in zxingcpp.read_barcodes(_grey(png))]


def _grey(png: bytes) -> memoryview:
    width, height, _depth, kind = struct.unpack(">IIBB", png[16:26])
    step = _CHANNELS[kind]
    raw = zlib.decompress(b"".join(_chunks(png, b"IDAT")))
    length = width * step + 1
    out, above = bytearray(), bytearray(width)
    for start in range(0, height * length, length):  # channels do not depend on each other: the first is enough
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + length : step]), above)
        out += above
    return memoryview(out).cast("B", (height, width))


def _chunks(png, name):
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == name:
            yield png[at + 8 : at + 8 + size]
        at += size + 12


def _unfiltered(method, line, above):
    left = corner = 0
    for i, value in enumerate(line):
        guess = (0, left, above[i], (left + above[i]) // 2, _paeth(left, above[i], corner) if method == 4 else 0)[
            method
        ]
        left, corner = (value + guess) & 255, above[i]
        line[i] = left
    return line


def _paeth(left, above, corner):
    return min((left, above, corner), key=lambda one: abs(left + above - corner - one))
