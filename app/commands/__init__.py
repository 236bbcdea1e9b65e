"""The headless commands: the same core as the window, for scripts and for proof."""
