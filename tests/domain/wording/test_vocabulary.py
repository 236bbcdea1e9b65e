"""The words for types and topics of events."""

from app.domain.events import vocabulary


def test_known_and_unknown_words() -> None:
    assert vocabulary.event_type("hackathon") == "Hackathon"
    assert vocabulary.event_type("new-type") == "new-type"
    assert vocabulary.topic("new-topic") == "new-topic"
    types = vocabulary.event_types()
    assert types[-1][0] == "other"
    assert [label for _key, label in types[:-1]] == sorted(
        (label for _key, label in types[:-1]), key=str.lower
    )
