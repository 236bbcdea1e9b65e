"""Start the practice wiki: `python -m app.practice`."""

import sys

from app.practice.server.command import main

if __name__ == "__main__":
    sys.exit(main())
