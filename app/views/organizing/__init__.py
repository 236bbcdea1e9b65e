"""Acts on an event, and their dialogs."""
