"""The words for event types, topics and roles that the wiki names by key (CONTRACT §3, Values)."""

from gettext import gettext as _

from app.domain import names


def event_type(key: str) -> str:
    """Return an event type's words; its key where the program does not know it."""
    return _TYPES.get(key, key)


def topic(key: str) -> str:
    """Return a topic's words; its key where the program does not know it."""
    return _TOPICS.get(key, key)


def event_types() -> list[tuple[str, str]]:
    """Return all event types with their words, in alphabetical order, “Other” last."""
    return sorted(_TYPES.items(), key=lambda entry: (entry[0] == "other", sorting(entry[1])))


def topics() -> list[tuple[str, str]]:
    """Return all topics with their words, in alphabetical order."""
    return sorted(_TOPICS.items(), key=lambda entry: sorting(entry[1]))


def sorting(words: str) -> str:
    """Return what words are ordered by: accents and case do not matter."""
    return names.search_text(words)


_TYPES = {
    "backlog-drive": _("Backlog drive"),
    "conference": _("Conference"),
    "contest": _("Contest"),
    "editing-event": _("Editing event"),
    "hackathon": _("Hackathon"),
    "media-upload-event": _("Media upload event"),
    "meetup": _("Meetup"),
    "other": _("Other"),
    "training-seminar": _("Training / seminar"),
    "workshop": _("Workshop"),
}
_TOPICS = {
    "africa": _("Africa"),
    "asia": _("Asia"),
    "central-america": _("Central America"),
    "north-america": _("North America"),
    "south-america": _("South America"),
    "europe": _("Europe"),
    "oceania": _("Oceania"),
    "architecture": _("Architecture"),
    "art": _("Art"),
    "comics-and-anime": _("Comics and anime"),
    "entertainment": _("Entertainment"),
    "fashion": _("Fashion"),
    "literature": _("Literature"),
    "music": _("Music"),
    "performing-arts": _("Performing arts"),
    "sports": _("Sports"),
    "tv-and-film": _("TV and film"),
    "video-games": _("Video games"),
    "biography": _("Biography (all)"),
    "business-and-economics": _("Business and economics"),
    "education": _("Education"),
    "food-and-drink": _("Food and drink"),
    "history": _("History"),
    "military-and-warfare": _("Military and warfare"),
    "philosophy-and-religion": _("Philosophy and religion"),
    "politics-and-government": _("Politics and government"),
    "society": _("Society"),
    "transportation": _("Transportation"),
    "women": _("Biography (women)"),
    "biology": _("Biology"),
    "chemistry": _("Chemistry"),
    "computers-and-internet": _("Computers and internet"),
    "earth-and-environment": _("Earth and environment"),
    "engineering": _("Engineering"),
    "general-science": _("General science"),
    "mathematics": _("Mathematics"),
    "medicine-and-health": _("Medicine and health"),
    "physics": _("Physics"),
    "technology": _("Technology"),
}
