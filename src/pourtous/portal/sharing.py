"""Links that open one's own messages, filled in: the server sends nothing for strangers."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Share:
    """A page as a message."""

    sms: str
    mail: str

    @classmethod
    def of(cls, title: str, lines: list[str], url: str) -> "Share":
        """A title, a few lines and the address."""
        text = quote("\n".join([title, *lines, url]))
        return cls(sms=f"sms:?&body={text}", mail=f"mailto:?subject={quote(title)}&body={text}")
