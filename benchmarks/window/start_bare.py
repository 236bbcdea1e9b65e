"""The smallest PySide6 program: a window with one label. Prints when it was painted."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.window.painted import Painted


def main() -> None:
    """Open the window, print the time, and quit."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    label = QLabel("Event Center", window)
    window.setCentralWidget(label)
    window.resize(1280, 800)

    def report(moment: float) -> None:
        print(moment, flush=True)
        application.quit()

    painted = Painted(report)
    painted.watch(label)
    window.show()
    application.exec()


main()
