"""Rules of the public site: pure functions, no database, no clock."""
