"""The least that PySide6 can open: a window with one label. Tells when it was painted."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.painted import Painted


def main() -> None:
    """Open it, tell, and quit."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    label = QLabel("Event Center", window)
    window.setCentralWidget(label)
    window.resize(1280, 800)

    def tell(moment: float) -> None:
        print(moment, flush=True)
        application.quit()

    painted = Painted(tell)
    painted.watch(label)
    window.show()
    application.exec()


main()
