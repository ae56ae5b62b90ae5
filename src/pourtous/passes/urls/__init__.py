"""Addresses of passes, by part."""
