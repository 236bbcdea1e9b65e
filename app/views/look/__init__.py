"""The look: colours, icons, text and the style, the same on all systems."""
