"""The desk: finding people, checking them in, names with typing errors, and merging files."""
