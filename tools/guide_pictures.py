"""Makes the pictures of the guide and the README in app/resources/guide/pictures, light and dark.

Run by `python3 -m tools.guide_pictures`. The events are those of the practice wiki around the day of the run.
"""

import os
import sys
import tempfile
from pathlib import Path

from app.domain.places import GUIDE
from tools.windows_checked import screen_platform

_SCREEN = (1400, 900)
_FOLDER = GUIDE / "pictures"


def main() -> int:
    """Make the pictures."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["QT_QPA_PLATFORM"] = screen_platform(folder, *_SCREEN)
        # Qt reads the platform's name when the application is made.
        _take(folder)
    return 0


def _take(folder: Path) -> None:
    from PySide6.QtCore import QLocale
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from app.views.look.appearance import show_look
    from app.views.look.tokens import DARK, LIGHT
    from app.views.widgets.table_rows import choose_row
    from app.window import configure_application
    from tools.organizing_pictures import OrganizingPictures
    from tools.screenshots import PASSPHRASE, Pictures, fill, open_with_passphrase, practice_wiki

    class GuidePictures(Pictures):
        def take(self, name: str, widget: QWidget) -> None:
            self.settle()
            image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            image.save(str(self.target / f"{name}{self.suffix}.png"), quality=0)

    application = QApplication(["pictures"])
    QLocale.setDefault(QLocale("en_GB"))
    configure_application(application)
    _FOLDER.mkdir(exist_ok=True)
    with practice_wiki("--participants", "3000", "--wikimedia") as wiki:
        full, empty = folder / "full", folder / "empty"
        fill(full, wiki)
        open_with_passphrase(empty, PASSPHRASE).close()
        for tokens, suffix in ((LIGHT, "-light"), (DARK, "-dark")):
            pictures = GuidePictures(application, _FOLDER, suffix)
            show_look(application, tokens)
            with pictures.window(empty) as window:
                window.resize(1000, 640)
                pictures.take("welcome", window)
            with pictures.window(full) as window:
                window.resize(1280, 800)
                pictures.settle()
                pictures.take("today", window)
                pictures.choose(window, 13, 1)
                choose_row(window.event_pane.participants.table, 5)
                pictures.take("participants", window)
                OrganizingPictures(pictures, window).new_event("new-event")
                pictures.choose(window, 1, 1)
                OrganizingPictures(pictures, window).waiting("changes")


if __name__ == "__main__":
    sys.exit(main())
