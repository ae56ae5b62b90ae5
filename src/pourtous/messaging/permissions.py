"""Who may look after the outbox."""

from pourtous.kernel.permissions import permission

MANAGE = permission(
    "messaging.manage",
    "See, repeat and cancel messages",
    lambda standing, _object: standing.has("steering", role="manager"),
)
PRINT = permission(
    "messaging.print",
    "Print the letters that wait",
    lambda standing, _object: standing.has("steering"),
)
