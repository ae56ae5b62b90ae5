"""Professional pages about people."""
