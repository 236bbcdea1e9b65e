"""All SQL code: the encrypted mirror, its key, and its migrations."""
