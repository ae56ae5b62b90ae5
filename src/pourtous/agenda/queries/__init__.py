"""Reads of the agenda, by subject."""
