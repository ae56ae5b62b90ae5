"""Rules of activities: pure functions."""
