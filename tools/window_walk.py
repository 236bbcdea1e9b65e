"""Opens every window, pane and dialog one after the other, on a practice wiki, for a check of each."""

from pathlib import Path

from tools.screenshots import PASSPHRASE, Pictures, fill, open_with_passphrase, practice_wiki


def walk(pictures: Pictures, folder: Path) -> None:
    """Show all windows to `pictures.take`; `folder` is for the data of three accounts."""
    with practice_wiki("--clock", "2026-11-20T12:00:00", "--participants", "300", "--wikimedia") as wiki:
        full, empty, limited = (folder / name for name in ("full", "empty", "limited"))
        fill(full, wiki)
        fill(limited, wiki, "limited_token")
        open_with_passphrase(empty, PASSPHRASE).close()
        for panes in (
            pictures.panes,
            pictures.states,
            pictures.dialogs,
            pictures.organizing,
            pictures.signing_in,
        ):
            panes(full)
        pictures.other_accounts(empty, limited)
        pictures.changed_events(full)
