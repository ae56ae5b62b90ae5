"""Rules of places: pure functions, no database, no clock."""
