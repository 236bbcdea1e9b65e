"""Data that several benchmarks share, made on first use."""

from pathlib import Path

from benchmarks.data import crowd, mirrors


class Fixtures:
    """Pages of people and data folders filled with them, in one temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: dict[int, list[bytes]] = {}
        self._mirrors: dict[int, Path] = {}

    def pages(self, count: int) -> list[bytes]:
        """Return a number of people as a wiki's pages."""
        if count not in self._pages:
            self._pages[count] = crowd.pages(count)
        return self._pages[count]

    def mirror(self, count: int) -> Path:
        """Return a data folder with an event of this many people."""
        if count not in self._mirrors:
            folder = self.folder / f"people-{count}"
            mirrors.make(folder, self.pages(count))
            self._mirrors[count] = folder
        return self._mirrors[count]

    def mirror_of_many(self, count: int, events: int) -> Path:
        """Return a data folder with a number of events, one of them with this many people."""
        folder = self.folder / f"events-{events}-people-{count}"
        if not folder.exists():
            mirrors.make_many(folder, self.pages(count), events)
        return folder

    def mirror_without_events(self) -> Path:
        """Return a data folder with a sign-in and nothing else."""
        folder = self.folder / "no-events"
        if not folder.exists():
            mirror = mirrors.open_mirror(folder)
            mirrors.sign_in(mirror)
            mirror.close()
        return folder
