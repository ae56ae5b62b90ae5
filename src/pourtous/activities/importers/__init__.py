"""Activities recorded in other tools."""
