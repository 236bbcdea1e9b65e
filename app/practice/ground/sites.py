"""The wikis of the practice family: one, or two that share users and events (CONTRACT §4.12)."""

from dataclasses import dataclass

from app.practice.ground.vocabulary import SITE_NAME, WIKI_ID


@dataclass(frozen=True)
class Site:
    """A wiki: its id, name and language, and the offset of its local user ids from the central ones."""

    wiki_id: str
    name: str
    language: str
    language_name: str
    id_shift: int = 0

    def cookie(self, kind: str) -> str:
        """Return the name of a cookie with the wiki's id as prefix: all ports of a host share cookies."""
        return f"{self.wiki_id}{kind}"

    def local_id(self, central_id: int) -> int:
        """Return the local id of a user on this wiki, 0 for nobody."""
        return central_id + self.id_shift if central_id else 0

    def central_id(self, local_id: int) -> int:
        """Return the central id of a user with a local id on this wiki."""
        return local_id - self.id_shift


HOME = Site(WIKI_ID, SITE_NAME, "en", "English")
SECOND = Site("practicefr", "Wiki d’exercice", "fr", "français", 5000)
