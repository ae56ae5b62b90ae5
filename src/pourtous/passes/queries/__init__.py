"""Reads about passes."""
