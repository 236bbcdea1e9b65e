"""The menus of the main window, and what the File menu does."""
