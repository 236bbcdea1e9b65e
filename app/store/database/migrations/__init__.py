"""The steps by which a database reaches this version's tables."""
