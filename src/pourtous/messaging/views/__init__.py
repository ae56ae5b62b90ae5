"""Pages of messaging, and the door of operators."""
