"""Files and papers that leave: books to print, slips to sign."""
