"""The encrypted database: its file, key, tables and connections."""
