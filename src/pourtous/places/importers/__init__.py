"""Reading the files of others: one module a format, each turning a row into the words of the national standard."""
