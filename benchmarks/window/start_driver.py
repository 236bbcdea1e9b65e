"""Opens the real window on a data folder; prints when its table of people was first painted, and quits."""

import json
import sys

from app.__main__ import stretch_early


def main(arguments: list[str]) -> int:
    """Start the program with these arguments, as `python -m app` does."""
    stretch_early(arguments)
    from app import window

    def watch(shown, workspace) -> None:  # noqa: ANN001, ARG001
        from PySide6.QtWidgets import QApplication, QTableView

        from benchmarks.window.painted import Painted

        table = shown.findChild(QTableView, "participantsTable")

        def report(moment: float) -> None:
            known = sorted(name for name in sys.modules if "." not in name)
            print(
                json.dumps({"painted": moment, "rows": table.model().rowCount(), "modules": known}),
                flush=True,
            )
            QApplication.quit()

        shown.first_painting = Painted(report, lambda: table.model().rowCount() > 0)
        shown.first_painting.watch(table.viewport())

    # Replaces what the program does after the window is shown, which is not part of the start.
    window._schedule_startup_work = watch
    return window.main(arguments)


sys.exit(main(sys.argv[1:]))
