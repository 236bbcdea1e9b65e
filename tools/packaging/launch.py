"""The entry of the frozen program."""

import os
import sys

# PyInstaller points these at the package. Programs that are started from here, such as the browser, must not
# take the package's libraries; Qt and Python have found theirs by now.
for _name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
    _original = os.environ.pop(f"{_name}_ORIG", None)
    os.environ.pop(_name, None)
    if _original is not None:
        os.environ[_name] = _original

from app.__main__ import main  # noqa: E402 - after the environment is as the user's

sys.exit(main())
