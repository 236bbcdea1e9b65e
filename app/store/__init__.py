"""Everything that speaks SQL: the encrypted mirror, its key, its migrations."""
