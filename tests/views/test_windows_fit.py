"""On the screens of old laptops, all windows fit, no field takes the wheel, and what users do works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.examples import LONG_RUN
from tools.windows_checked import screen_platform

SCREENS = [(1024, 640, 1), (1366, 768, 1), (1366, 768, 1.25), (1366, 768, 1.5)]
#: What users do with the mouse and the keyboard where a window could be a trap.
WORK = (
    "accounts/test_ways_to_sign_in.py",
    "events/test_event_list_keys.py",
    "organizing/test_notices.py",
    "organizing/test_refused_field.py",
    "organizing/test_search_choices.py",
    "organizing/test_undo.py",
    "organizing/test_wheel.py",
    "organizing/test_words_of_buttons.py",
    "participants/test_export_dialog.py",
    "participants/test_person_card.py",
    "today/test_today_page.py",
    "walk/test_organizers_walk.py",
    "widgets/test_mirrored.py",
    "window/test_which_wiki.py",
)


@pytest.mark.parametrize(("width", "height", "scale"), SCREENS)
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


@pytest.mark.parametrize(("width", "height", "scale"), SCREENS if LONG_RUN else SCREENS[-1:])
def test_the_work_can_be_done_on_the_screen(width: int, height: int, scale: float, tmp_path: Path) -> None:
    files = [str(Path(__file__).parent / name) for name in WORK]
    platform = screen_platform(tmp_path, width, height)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *files],
        env={**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(scale)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-3000:]
