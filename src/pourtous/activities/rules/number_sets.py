"""Sets of small numbers as strings of bits: united and counted without looking at each number."""

from collections.abc import Iterable


def packed(numbers: Iterable[int]) -> bytes:
    """The set as bytes: number n is bit n, counted from the lowest of the first byte."""
    numbers = list(numbers)
    bits = bytearray(max(numbers, default=-1) // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def united(sets: Iterable[bytes]) -> int:
    """The union, as one long integer: `|` adds another, `bit_count()` counts."""
    found = 0
    for one in sets:
        found |= int.from_bytes(one, "little")
    return found
