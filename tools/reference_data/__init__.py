"""Writes the reference data of a département: communes, EPCI, history, outlines (see `__main__`)."""
