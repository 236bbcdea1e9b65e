"""All windows lie within small screens, and no field takes the wheel while the user scrolls past it."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1024, 640, 1), (1366, 768, 1), (1366, 768, 1.25), (1366, 768, 1.5)]
)
def test_every_window_fits_the_screen(width: int, height: int, scale: float) -> None:
    """Open all windows and dialogs on the screen of an old laptop, whose system enlarges them."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.windows_checked", str(width), str(height)],
        env={**os.environ, "QT_SCALE_FACTOR": str(scale)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-2000:]
