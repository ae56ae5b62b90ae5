"""Professional pages of places."""
