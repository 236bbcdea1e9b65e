"""The headless commands: the same core as the window, for scripts and for proof."""

#: The options before the command that have a value. Here, where the way in finds them without a parser.
WITH_VALUE = ("--data-dir", "--passphrase-file")
