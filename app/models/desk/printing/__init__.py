"""Printed pages of the desk: sign-in sheets, checklists and name badges."""
