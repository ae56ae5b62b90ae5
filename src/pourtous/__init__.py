"""Pourtous runs a territory's whole digital-inclusion programme. Start with docs/architecture.md."""
