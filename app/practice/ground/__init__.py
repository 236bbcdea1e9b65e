"""The base of the practice wiki: its data, clock, sites, titles and settings."""
