"""What several measurements need, made when first asked for."""

from pathlib import Path

from benchmarks import crowd, mirrors


class Stock:
    """Pages of people and data folders filled with them, under one folder of the benchmarks' own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: dict[int, list[bytes]] = {}
        self._mirrors: dict[int, Path] = {}

    def pages(self, count: int) -> list[bytes]:
        """Return so many people as a wiki's pages."""
        if count not in self._pages:
            self._pages[count] = crowd.pages(count)
        return self._pages[count]

    def mirror(self, count: int) -> Path:
        """Return a data folder with an event of so many people."""
        if count not in self._mirrors:
            folder = self.folder / f"people-{count}"
            mirrors.make(folder, self.pages(count))
            self._mirrors[count] = folder
        return self._mirrors[count]

    def mirror_without_events(self) -> Path:
        """Return a data folder with a sign-in and nothing else."""
        folder = self.folder / "no-events"
        if not folder.exists():
            mirror = mirrors.open_mirror(folder)
            mirrors.sign_in(mirror)
            mirror.close()
        return folder
