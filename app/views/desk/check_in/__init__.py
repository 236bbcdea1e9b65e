"""The window that checks people in: one field, the people found, the kiosk, and codes for phones."""
