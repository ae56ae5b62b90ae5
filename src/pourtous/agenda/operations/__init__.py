"""Writes of the agenda, by subject."""
