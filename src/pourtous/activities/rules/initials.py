"""A name in its initials."""


def initials(name: str) -> str:
    """From "Jean-Baptiste de La Tour" → "J-B. L. T.": first letters of words that begin with a capital."""
    words = [word for word in name.split() if word[:1].isupper()] or name.split()
    return " ".join("-".join(part[:1].upper() for part in word.split("-") if part) + "." for word in words)
