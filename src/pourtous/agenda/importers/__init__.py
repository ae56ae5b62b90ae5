"""Calendars of other programs."""
