"""Events of a series: those whose titles differ only by a number, a month or a year."""

import re

#: "Meetup 12", "Photo Walk (May 2026)", "Day #3", "Editatón 2025/2".
_COUNTED = re.compile(r"[\s#№(\[]*\d[\d\s./:–-]*[)\]]*")


def series_of(title: str) -> str:
    """Return what the titles of a series have in common; empty if a title holds no number."""
    bare = _COUNTED.sub(" ", title)
    common = " ".join(bare.split()).strip(" -–—:,·(")
    return common if common and common != " ".join(title.split()) else ""
