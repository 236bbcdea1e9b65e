"""Choosing, previewing and saving reports."""
