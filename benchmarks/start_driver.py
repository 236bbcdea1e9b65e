"""Opens the real window on a data folder; tells when its table of people was first painted, and quits."""

import json
import sys

from app.__main__ import stretch_early


def main(arguments: list[str]) -> int:
    """Run the program's own start with these arguments, as `python -m app` does."""
    stretch_early(arguments)
    from app import window

    def watch(shown, workspace) -> None:  # noqa: ANN001, ARG001
        from PySide6.QtWidgets import QApplication, QTableView

        from benchmarks.painted import Painted

        table = shown.findChild(QTableView, "participantsTable")

        def tell(moment: float) -> None:
            known = sorted(name for name in sys.modules if "." not in name)
            print(
                json.dumps({"painted": moment, "rows": table.model().rowCount(), "modules": known}),
                flush=True,
            )
            QApplication.quit()

        shown.first_painting = Painted(tell, lambda: table.model().rowCount() > 0)
        shown.first_painting.watch(table.viewport())

    # What comes after the window is shown, and is not part of its start.
    window._begin_later = watch
    return window.main(arguments)


sys.exit(main(sys.argv[1:]))
