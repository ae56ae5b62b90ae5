"""Reproducible measurements, each beside its reference: `python -m bench`."""
