"""Writing the directory for others: the national standard as CSV, JSON and GeoJSON."""
