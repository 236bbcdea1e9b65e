"""Exported files, made from the mirror."""
