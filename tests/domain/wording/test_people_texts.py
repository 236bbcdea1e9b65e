"""The words for people, their answers, and the cells of their tables."""

import pytest

from app.domain.people.participant import NO_RESPONSE, UNRECOGNISED, Answer, AnswersState, Participant
from app.domain.people.people_columns import TABLE_COLUMNS, column_of
from app.domain.people.question import QUESTION_OPTIONS, SHOWN_QUESTIONS, UNSHOWN_QUESTIONS
from app.domain.wording import people_texts

AMARA = Participant(1, 70, "Amara", 5, private=False)


@pytest.mark.parametrize(
    ("question", "options"),
    [
        (1, {"man": "Man", "woman": "Woman", "agender": "Agender", "nonbinary": "Non-binary"}),
        (1, {"other": "Gender not listed"}),
        (2, {"under-25": "Under 25", "25-34": "25–34", "35-44": "35–44", "45-54": "45–54"}),
        (2, {"55-64": "55–64", "65-74": "65–74", "75-84": "75–84", "85-plus": "85 or older"}),
        (3, {"educator": "Educator", "librarian": "Librarian", "researcher": "Researcher"}),
        (3, {"artist-creative": "Artist or creative professional", "student": "Student"}),
        (3, {"mass-media": "Mass media professional", "nonprofit": "Non-profit professional"}),
        (3, {"museum-archive": "Museum or archive professional"}),
        (3, {"software-engineer": "Software engineer", "other": "Profession not listed"}),
        (4, {"none": "Never contributed", "confident": "Confident without support"}),
        (4, {"some-not-confident": "Some experience, not confident"}),
        (4, {"some-confident": "Some experience, wants to learn more"}),
        (5, {"affiliate": "Yes", "none": "No"}),
        (7, {NO_RESPONSE: "No response", UNRECOGNISED: "Another answer", "new-option": "new-option"}),
    ],
)
def test_labels_of_options(question: int, options: dict[str, str]) -> None:
    assert {key: people_texts.option_label(question, key) for key in options} == options


def test_the_users_own_options_have_as_many_labels_as_the_wiki_options() -> None:
    for (question, _name), count in QUESTION_OPTIONS.items():
        labels = [people_texts.own_option_label(question, value) for value in range(1, count + 1)]
        assert len(set(labels)) == count
        with pytest.raises(IndexError):
            people_texts.own_option_label(question, count + 1)
    assert people_texts.own_option_label(5, 1) == "Yes"


def test_labels_of_questions() -> None:
    assert people_texts.question_label(4) == "Confidence in contributing"
    assert people_texts.question_label(4, "The wiki's") == "Confidence in contributing"
    assert people_texts.question_label(77, "The wiki's") == "The wiki's"
    assert people_texts.question_label(77) == "Question 77"
    assert [people_texts.question_label(number) for number in UNSHOWN_QUESTIONS] == [
        "Gender",
        "Age",
        "Profession",
    ]
    assert list(UNSHOWN_QUESTIONS.values()) == ["gender", "age", "profession"]
    assert list(SHOWN_QUESTIONS) == [4, 5]


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("private", {True: "Private", False: "Public"}),
        ("can-email", {True: "Yes", False: "No address", None: ""}),
    ],
)
def test_flags_in_the_table(key: str, values: dict[bool | None, str]) -> None:
    field = key.replace("-", "_")
    for value, text in values.items():
        person = AMARA._replace(**{field: value})
        assert people_texts.cell_text(column_of(key), person, str) == text


def test_other_cells_of_the_table() -> None:
    answers = (Answer(4, "confident"), Answer(5, "affiliate", "Wikimedia UK"))
    person = AMARA._replace(answers=answers, answers_state=AnswersState.SHOWN)
    cells = [people_texts.cell_text(column, person, lambda at: f"at {at}") for column in TABLE_COLUMNS]
    assert cells[1] == "at 5"
    assert cells[4] == "Confident without support"
    assert cells[5].startswith("Yes: ")
    assert "Wikimedia UK" in cells[5]
    assert people_texts.cell_text(column_of("user-id"), person, str) == "70"
    silent = AMARA._replace(answers=(Answer(4, NO_RESPONSE),), answers_state=AnswersState.SHOWN)
    assert people_texts.cell_text(column_of("confidence"), silent, str) == ""
    summed_up = AMARA._replace(answers_state=AnswersState.AGGREGATED)
    assert people_texts.cell_text(column_of("confidence"), summed_up, str) == "summed up"
