"""Pages of the agenda, by subject."""
