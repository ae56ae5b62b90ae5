"""Who may read the journal."""

from pourtous.kernel.permissions import permission

READ = permission("audit.read", "Read the journal", lambda standing, _object: standing.has("steering", role="manager"))
