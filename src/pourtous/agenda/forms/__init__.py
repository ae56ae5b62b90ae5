"""Forms of the agenda, by subject."""
