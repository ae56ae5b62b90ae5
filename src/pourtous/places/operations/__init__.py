"""Writes to the directory."""
