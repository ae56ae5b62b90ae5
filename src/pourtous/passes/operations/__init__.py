"""What changes passes, and the money they stand for."""
