"""Forms of passes."""
