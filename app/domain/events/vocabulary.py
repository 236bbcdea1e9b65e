"""Labels of the event types and topics that the wiki identifies by key (CONTRACT §3, Values)."""

from app.domain import names
from app.i18n import N_, _


def event_type(key: str) -> str:
    """Return an event type's label; its key if the program does not know it."""
    return _(_TYPES[key]) if key in _TYPES else key


def topic(key: str) -> str:
    """Return a topic's label; its key if the program does not know it."""
    return _(_TOPICS[key]) if key in _TOPICS else key


def event_types() -> list[tuple[str, str]]:
    """Return all event types with their labels, in alphabetical order, “Other” last."""
    shown = [(key, _(words)) for key, words in _TYPES.items()]
    return sorted(shown, key=lambda entry: (entry[0] == "other", sorting(entry[1])))


def topics() -> list[tuple[str, str]]:
    """Return all topics with their labels, in alphabetical order."""
    shown = [(key, _(words)) for key, words in _TOPICS.items()]
    return sorted(shown, key=lambda entry: sorting(entry[1]))


def sorting(words: str) -> str:
    """Return the sort key of a label, without accents and case."""
    return names.search_text(words)


_TYPES = {
    "backlog-drive": N_("Backlog drive"),
    "conference": N_("Conference"),
    "contest": N_("Contest"),
    "editing-event": N_("Editing event"),
    "hackathon": N_("Hackathon"),
    "media-upload-event": N_("Media upload event"),
    "meetup": N_("Meetup"),
    "other": N_("Other"),
    "training-seminar": N_("Training / seminar"),
    "workshop": N_("Workshop"),
}
_TOPICS = {
    "africa": N_("Africa"),
    "asia": N_("Asia"),
    "central-america": N_("Central America"),
    "north-america": N_("North America"),
    "south-america": N_("South America"),
    "europe": N_("Europe"),
    "oceania": N_("Oceania"),
    "architecture": N_("Architecture"),
    "art": N_("Art"),
    "comics-and-anime": N_("Comics and anime"),
    "entertainment": N_("Entertainment"),
    "fashion": N_("Fashion"),
    "literature": N_("Literature"),
    "music": N_("Music"),
    "performing-arts": N_("Performing arts"),
    "sports": N_("Sports"),
    "tv-and-film": N_("TV and film"),
    "video-games": N_("Video games"),
    "biography": N_("Biography (all)"),
    "business-and-economics": N_("Business and economics"),
    "education": N_("Education"),
    "food-and-drink": N_("Food and drink"),
    "history": N_("History"),
    "military-and-warfare": N_("Military and warfare"),
    "philosophy-and-religion": N_("Philosophy and religion"),
    "politics-and-government": N_("Politics and government"),
    "society": N_("Society"),
    "transportation": N_("Transportation"),
    "women": N_("Biography (women)"),
    "biology": N_("Biology"),
    "chemistry": N_("Chemistry"),
    "computers-and-internet": N_("Computers and internet"),
    "earth-and-environment": N_("Earth and environment"),
    "engineering": N_("Engineering"),
    "general-science": N_("General science"),
    "mathematics": N_("Mathematics"),
    "medicine-and-health": N_("Medicine and health"),
    "physics": N_("Physics"),
    "technology": N_("Technology"),
}
