"""The words for changes: what each does, and its state."""

import pytest

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    AssociateEdit,
    CancelRegistration,
    ChangeArticleList,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveContribution,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.article_list import ListedArticle
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.names import unmarked
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnRegistration
from app.domain.wording import change_texts, check_texts

PEOPLE = tuple(ChosenPerson(n, n, 0, name) for n, name in enumerate(("Åsa", "Bo", "Cem", "Dao", None), 1))
FIELDS = EventFields("Event:Photo walk", "UTC", "20370305100000", "20370305180000")


def status(before: str, after: str) -> EditEvent:
    return EditEvent({EventPart.STATUS: PartEdit((before,), (after,))})


@pytest.mark.parametrize(
    ("operation", "summary"),
    [
        (CreateEvent(FIELDS, "text"), "Make the event “Photo walk”"),
        (status("open", "closed"), "Close registration"),
        (status("closed", "open"), "Reopen registration"),
        (
            EditEvent(
                {
                    EventPart.CHAT: PartEdit((None,), ("https://c",)),
                    EventPart.TOPICS: PartEdit(((),), (("a",),)),
                }
            ),
            "Change chat link, topics",
        ),
        (DeleteRegistration(), "Delete the registration for ever"),
        (ChangeOrganizers(("Åsa",)), "Organizers: add Åsa"),
        (ChangeOrganizers(remove={3: "Bo"}), "Organizers: remove Bo"),
        (ChangeOrganizers(("Åsa",), {3: "Bo"}), "Organizers: add Åsa; remove Bo"),
        (RemoveParticipants(PEOPLE[:1]), "Remove 1 participant: Åsa"),
        (RemoveParticipants(PEOPLE), "Remove 5 participants: Åsa, Bo, Cem, 2 more"),
        (RemoveParticipants(PEOPLE[3:]), "Remove 2 participants: Dao, (no name)"),
        (SendEmail("Hello", "Dear", PEOPLE[:2]), "E-mail to 2 participants: “Hello”"),
        (Register(OwnRegistration(True)), "Register me privately"),
        (Register(OwnRegistration(False)), "Register me publicly"),
        (Register(OwnRegistration(False), OwnRegistration(True)), "Change my registration"),
        (CancelRegistration(), "Cancel my registration"),
        (AssociateEdit("enwiki", 7), "Count edit 7 on enwiki as a contribution"),
        (
            ChangeArticleList((ListedArticle("enwiki", "A"), ListedArticle("enwiki", "B")), ()),
            "Articles: add 2 articles to the list",
        ),
        (RemoveContribution(9), "Take contribution 9 out of the event"),
    ],
)
def test_what_a_change_does(operation: Operation, summary: str) -> None:
    assert unmarked(change_texts.change_summary(Change(1, 1, 1, operation, 0))) == summary


@pytest.mark.parametrize(
    ("state", "more", "label"),
    [
        (ChangeState.WAITING, {}, "Waiting"),
        (ChangeState.SENDING, {}, "Sending…"),
        (ChangeState.SENDING, {"sentence": "The answer was lost."}, "Answer lost"),
        (ChangeState.WAITING, {"sentence": "No network."}, "Waiting"),
        (ChangeState.FAILED, {"sentence": "Refused."}, "Failed"),
        (ChangeState.ASKS, {"question": Question.CONFLICT}, "Needs you"),
        (ChangeState.ASKS, {"question": Question.MAYBE_SENT}, "May have been sent"),
        (ChangeState.DONE, {}, "Done"),
    ],
)
def test_the_state_of_a_change(state: ChangeState, more: dict[str, object], label: str) -> None:
    change = Change(1, 1, 1, DeleteRegistration(), 0, state, **more)  # type: ignore[arg-type]
    assert change_texts.change_state(change) == label


def test_only_forms_can_be_opened_again() -> None:
    editable = {CreateEvent, EditEvent, SendEmail, Register}
    for kind in (*editable, DeleteRegistration, ChangeOrganizers, RemoveParticipants, CancelRegistration):
        assert kind.may_be_edited is (kind in editable)


def test_a_retry_after_a_change_elsewhere_is_forced() -> None:
    changed = Change(
        1,
        1,
        1,
        CancelRegistration(),
        0,
        ChangeState.ASKS,
        Question.CHANGED_MEANWHILE,
        {"before": [1], "gone": [2]},
    )
    assert changed.progress_on_retry == {"gone": [2], "forced": True}


def test_a_list_that_the_wiki_cuts_leads_to_the_sign_in_that_shows_the_rest() -> None:
    assert "Special:MyEvents" in check_texts.events_cut(50, session=True)
    assert "password" in check_texts.events_cut(50, session=False)
