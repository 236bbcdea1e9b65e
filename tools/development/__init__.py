"""What dev.py does before there is anything but Python: set-up, system packages, starting the program."""
