"""Files of people from elsewhere."""
