"""The wiki's messages for answers, types and topics; keys under uselang=qqx (CONTRACT §5)."""

from app.practice.ground.vocabulary import EVENT_TYPES, QUESTIONS, TOPICS

NO_RESPONSE = "campaignevents-participant-question-no-response"
AGGREGATED = "campaignevents-participant-question-have-been-aggregated"
_CONFIDENCE = "campaignevents-register-question-confidence-contributing-option-"
_AFFILIATE = "campaignevents-register-question-affiliate-option-"


def _options(question: str, names: str) -> dict[int, str]:
    prefix = f"campaignevents-register-question-{question}-option-"
    return {value: prefix + name for value, name in enumerate(names.split(), 1)}


OPTION_KEYS: dict[int, dict[int, str]] = {
    1: _options("gender", "man woman agender nonbinary other"),
    2: _options("age", "under-25 25-34 35-44 45-54 55-64 65-74 75-84 85-plus"),
    3: _options(
        "profession",
        "artist-creative educator librarian mass-media museum-archive nonprofit researcher software-engineer"
        " student other",
    ),
    4: {
        1: f"{_CONFIDENCE}none",
        2: f"{_CONFIDENCE}some-not-confident",
        3: f"{_CONFIDENCE}some-confident",
        4: f"{_CONFIDENCE}confident",
    },
    5: {1: f"{_AFFILIATE}affiliate", 2: f"{_AFFILIATE}none"},
}

_ENGLISH: dict[str, str] = {
    NO_RESPONSE: "No response",
    AGGREGATED: "This participant's responses have been aggregated and deleted",
    "colon-separator": ": ",
    "campaignevents-eventtypegroup-community": "Community",
    "campaignevents-eventtypegroup-contributions": "Contributions",
    "wikimedia-articletopics-group-culture": "Culture",
    "wikimedia-articletopics-group-geography": "Regions",
    "wikimedia-articletopics-group-history-and-society": "History and society",
    "wikimedia-articletopics-group-science-technology-and-math": "Science, technology and math",
}
_ENGLISH.update(
    (f"campaignevents-eventtype-{one}", one.replace("-", " ").capitalize()) for one in EVENT_TYPES
)
_ENGLISH["campaignevents-eventtype-training-seminar"] = "Training / seminar"
_ENGLISH.update((f"wikimedia-articletopics-topic-{key}", label) for key, label in TOPICS.items())
for _number, _keys in OPTION_KEYS.items():
    _texts = {value: text for text, value in QUESTIONS[_number]["options"].items()}
    _ENGLISH.update((key, _texts[value]) for value, key in _keys.items())
for _question in QUESTIONS.values():
    _ENGLISH[f"campaignevents-register-question-{_question['name']}"] = _question["label"]

_FRENCH: dict[str, str] = {
    NO_RESPONSE: "Aucune réponse",
    "colon-separator": "\u202f: ",
    f"{_CONFIDENCE}none": "Je n’ai jamais contribué à un projet Wikimedia auparavant",
    f"{_CONFIDENCE}some-not-confident": (
        "J’ai de l’expérience, mais je ne me sens pas à l’aise ou en confiance"
    ),
    f"{_CONFIDENCE}some-confident": (
        "J’ai une certaine expérience et je me sens confiant pour contribuer, mais j’aimerais en savoir plus"
    ),
    f"{_CONFIDENCE}confident": "Je suis confiant de pouvoir contribuer sans aucun soutien",
    f"{_AFFILIATE}affiliate": "Oui",
    f"{_AFFILIATE}none": "Non",
    "campaignevents-eventtype-editing-event": "Événement de rédaction",
    "campaignevents-eventtype-contest": "Concours",
    "campaignevents-register-question-gender": "Quelle est votre identité de genre ? (facultatif)",
    "wikimedia-articletopics-topic-biography": "Biographie (tous)",
}
_TEXTS = {"en": _ENGLISH, "fr": _FRENCH}


def message(key: str, language: str) -> str | None:
    """Return a message in a language, else in English; None for an unknown key."""
    if language == "qqx":
        return f"({key})" if key in _ENGLISH else None
    return _TEXTS.get(language, _ENGLISH).get(key, _ENGLISH.get(key))


def answer_text(question: int, value: int, other: str | None, language: str) -> str:
    """Return the text of an answer in the participants list (CONTRACT §3, The participants list)."""
    key = OPTION_KEYS[question].get(value, NO_RESPONSE)
    text = message(key, language) or key
    if not other or not value:
        return text
    return f"{text}{message('colon-separator', language)}{other}"


def aggregated_text(name: str, language: str) -> str:
    """Return the text shown instead of an answer that the wiki has aggregated and deleted."""
    if language == "qqx":
        return f"({AGGREGATED}: {name})"
    return message(AGGREGATED, language) or AGGREGATED
