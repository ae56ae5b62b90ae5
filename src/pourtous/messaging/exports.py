"""What was enclosed with letters, in `pourtous export all`: that it was, not the document itself."""

from pourtous.messaging.models import Enclosure
from pourtous.runtime.exports import Column, Rows, table


@table(
    "messaging_enclosure",
    "Documents enclosed with letters: their pages, not their bytes (the app that made one makes it again).",
    covers=("messaging.Enclosure",),
)
def enclosures() -> Rows:
    """One row a document still kept."""
    columns = [Column("message_id", "Key of the letter."), Column("pages", "How many pages the document has.")]
    return columns, Enclosure.objects.order_by("pk").values_list("message_id", "pages").iterator(chunk_size=2000)
