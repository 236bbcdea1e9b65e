"""The encrypted database: file, key, tables and connections."""
