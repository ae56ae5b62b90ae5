"""Activities in files: La Coop's layout, our own columns, figures."""
