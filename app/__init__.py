"""Event Center Desktop."""

__version__ = "0.1.0"
NAME = "Event Center Desktop"
#: What desktops know the program by.
APPLICATION_ID = "org.wikimedia.meta.EventCenter"
