"""Create a data folder of this version, which later versions must be able to open: `kept_data/REVISION`.

    python -m tests.store.make_kept_data

Run it once, before the tables change, and commit the result. Never recreate the folder of an earlier version.
"""

import json
from dataclasses import replace
from pathlib import Path

from app.domain.accounts.account import (
    Cookie,
    OAuth1Secrets,
    OAuthClient,
    SessionSecrets,
    SignIn,
    SignInKind,
    Tokens,
)
from app.domain.changes.change import UNANSWERED, ChangeState, Question
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
from app.domain.desk.acts import Act, ActKind, PersonKey
from app.domain.events.article_list import ListedArticle
from app.domain.events.event import Listing, Organizer
from app.domain.events.event_fields import EventPart, fields_of
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.participant import AnswersState, Presence
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import Contributions, WikiStatistics
from app.store.accounts import accounts, sign_ins
from app.store.changes import outbox
from app.store.database.migration import HEAD
from app.store.desk.acts import add_acts
from app.store.desk.desks import this_desk
from app.store.desk.server_address import ServerAddress
from app.store.desk.shared_desk import accept_names_leave, save_shared_desk
from app.store.events import drafts, events, page_readings
from app.store.mirror import Mirror, open_with_passphrase
from app.store.people import own_registrations, passes
from app.store.people.participant_rows import people_rows
from tests.support.data.kept_data_contents import DAY, PASSPHRASE, contents
from tests.support.data.store_samples import AMARA, WIKI, answering, person, registration

_AT = 1_795_000_000
_PRIVATE_REGISTRATION = OwnRegistration(
    True, {"affiliate": OwnAnswer(1, "Museum of Ink"), "age": OwnAnswer(3)}
)
_CHOSEN = (
    ChosenPerson(1001, 1, 1_780_000_000, "Person 1", True, False),
    ChosenPerson(1003, 3, 1_780_000_000, "أحمد الخطيب", None, True),
)


def _operations() -> dict[str, Operation]:
    fields = fields_of(registration(9, "Reading night", types=("workshop",), wikis=("*",), online=True))
    return {
        "create": CreateEvent(
            replace(fields, page="Event:Ink & quill", grant_id="2207-1234"), "Welcome to $title"
        ),
        "edit": EditEvent(
            {
                EventPart.STATUS: PartEdit(("open",), ("closed",)),
                EventPart.TYPES: PartEdit((("workshop",),), (("meetup", "workshop"),)),
                EventPart.PLACE: PartEdit((False, None, None), (True, "UG", "National Library")),
            }
        ),
        "delete": DeleteRegistration(),
        "organizers": ChangeOrganizers(("Paweł Zieliński",), {4: "Ninka Writes"}, including_self=False),
        "remove": RemoveParticipants(_CHOSEN),
        "email": SendEmail("Tomorrow", "Bring a laptop.\nSee you!", _CHOSEN, copy_to_me=True),
        "register": Register(_PRIVATE_REGISTRATION, OwnRegistration(False)),
        "cancel": CancelRegistration(_PRIVATE_REGISTRATION),
        "associate-edit": AssociateEdit("frwiki", 123456),
        "remove-contribution": RemoveContribution(77),
        "article-list": ChangeArticleList(
            (ListedArticle("enwiki", "Ada Lovelace"), ListedArticle("frwiki", "Élisabeth")),
            (ListedArticle("enwiki", "Old one"),),
        ),
    }


def make(folder: Path) -> None:
    """Fill a new data folder with data of every kind, and write its content to contents.json."""
    mirror = open_with_passphrase(folder, PASSPHRASE)
    write = mirror.writer.do
    account = _sign_in(mirror)
    keys = [_event(mirror, account, number, place) for number, place in enumerate(Listing, 7)]
    people = [
        person(1),
        answering(2, "confident", "Friends of the library"),
        person(3, "أحمد الخطيب", private=True, can_email=False),
        person(4, "O’Brien-Łódź (WMDE)", can_email=True),
        person(5, "აკაკი", answers_state=AnswersState.AGGREGATED),
    ]
    begun = write(passes.begin_pass, keys[0], private=True, lanes=1, at=_AT)
    write(passes.save_people, keys[0], 0, people_rows(keys[0], begun.number, people), 5, done=True)
    write(passes.finish_pass, keys[0], begun.number)
    gone = [
        person(6)._replace(name=None, presence=Presence.HIDDEN),
        person(7)._replace(name=None, presence=Presence.VANISHED),
    ]
    begun = write(passes.begin_pass, keys[1], private=False, lanes=1, at=_AT)
    write(passes.save_people, keys[1], 0, people_rows(keys[1], begun.number, gone), 7, done=False)
    write(own_registrations.save_own, keys[0], _PRIVATE_REGISTRATION)
    shares = (Share("none", 12, 12, 40), Share("confident", 0, 4, 40), Share("no-response", 24, 28, 40))
    write(
        page_readings.save_statistics_of_wiki,
        keys[0],
        WikiStatistics(40, (QuestionStatistics(4, 40, shares), QuestionStatistics(1, 40, None)), True),
        _AT,
    )
    write(
        page_readings.save_contributions,
        keys[0],
        Contributions((("edit-count", (5,)), ("bytes", (9, 2)))),
        _AT,
    )
    write(drafts.save_draft, keys[0], drafts.EmailDraft("Thanks", "To all of you: 谢谢", True), _AT)
    write(drafts.save_page_template, "== $title ==\n$when")
    write(outbox.note_email, account, _AT)
    _changes(mirror, account, keys[0])
    _desk(mirror, keys[0])
    found = contents(mirror)
    mirror.close()
    (folder / "lock").unlink()
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (folder / "contents.json").write_text(text + "\n", encoding="utf-8")


def _desk(mirror: Mirror, event: int) -> None:
    """Let somebody come and go, be taken back, come without a registration; and let the desk be shared."""
    ann, bo, cem = PersonKey.of_user(1), PersonKey.of_user(2), PersonKey.of_walk_in("c" * 32)
    desk = mirror.writer.do(this_desk).number
    acts = [
        Act("1" * 32, ann, DAY, ActKind.CHECK_IN, _AT * 1000, desk, text="Person 1"),
        Act("2" * 32, ann, DAY, ActKind.CHECK_OUT, _AT * 1000 + 5, desk, "1" * 32, text="Person 1"),
        Act("3" * 32, bo, DAY, ActKind.CHECK_IN, _AT * 1000 + 6, desk, "2" * 32, text="Person 2"),
        Act("4" * 32, bo, DAY, ActKind.UNDO, _AT * 1000 + 7, desk, "3" * 32, "3" * 32, "absent"),
        Act("5" * 32, cem, "", ActKind.WALK_IN, _AT * 1000 + 8, desk, "4" * 32, text='["Çem", true, null]'),
        Act("6" * 32, cem, DAY, ActKind.CHECK_IN, _AT * 1000 + 8, desk, "5" * 32, text="Çem"),
        Act("7" * 32, cem, "", ActKind.NOTE, _AT * 1000 + 8, desk, "6" * 32, text="with Ann"),
    ]
    mirror.writer.do(add_acts, event, 0, acts)
    address = ServerAddress.of_text("postgresql+psycopg://desk@db.example.org:5432/events")
    mirror.writer.do(save_shared_desk, event, address, "a-server-password", "-----BEGIN CERTIFICATE-----")
    mirror.writer.do(accept_names_leave, event, _AT)


def _sign_in(mirror: Mirror) -> int:
    client = OAuthClient("0123456789abcdef", "client-secret", "http://127.0.0.1:4711/callback")
    tokens = Tokens("an-access-token", "a-refresh-token", _AT + 3600)
    write = mirror.writer.do
    key = write(accounts.save_account, WIKI, AMARA, SignInKind.OAUTH2, tokens, client, _AT)
    cookie = Cookie("metawikiSession", "abc", "meta.example.org", "/", True, _AT + 86_400)
    rights = frozenset({"campaignevents-organize-events"})
    others = (
        (SignInKind.SESSION, WIKI.base_url, SessionSecrets((cookie,)), False),
        (SignInKind.SESSION, "https://fr.example.org/w", SessionSecrets(()), True),
        (SignInKind.OWNER_TOKEN, "https://de.example.org/w", Tokens("an-owner-token"), False),
        (
            SignInKind.OAUTH1,
            "https://it.example.org/w",
            OAuth1Secrets("key", "secret", "token", "more"),
            False,
        ),
    )
    for kind, address, secrets, ended in others:
        one = SignIn(kind, address, rights, _AT, ended)
        write(sign_ins.save_sign_in, key, one, secrets, client if kind is SignInKind.OAUTH1 else None)
    family = {"frwiki": "https://fr.example.org/w", "dewiki": "https://de.example.org/w"}
    write(accounts.save_family, key, family, _AT)
    write(accounts.save_question_labels, key, {4: "How confident are you?", 5: "Are you affiliated?"})
    write(accounts.save_events_synced, key, _AT)
    return key


def _event(mirror: Mirror, account: int, number: int, place: Listing) -> int:
    described = registration(
        number,
        f"Meetup {number}",
        types=("meetup",),
        topics=("women", "africa"),
        meeting_url="https://meet.example.org/ink",
        online=True,
        tracks_contributions=False,
        has_goals=True,
        goal_type="total_edits",
        goal_target=500,
        questions=(1, 2, 3, 4, 5),
        unknown={"later": {"field": [1, None]}},
    )
    organizers = [Organizer(1, 3, "Amara Okafor", ("creator",)), Organizer(2, 4, None, ("organizer",))]
    return mirror.writer.do(events.save_event, account, described, organizers, _AT, place)


def _changes(mirror: Mirror, account: int, event: int) -> None:
    """Add a change of each kind in each state, and one that waits for an event still to be created."""
    write = mirror.writer.do
    for state in ChangeState:
        for kind, operation in _operations().items():
            number = write(outbox.add_change, account, 0 if kind == "create" else event, operation, _AT)
            if state is not ChangeState.WAITING:
                write(outbox.begin_sending, number, _AT + 60)
            if state is ChangeState.SENDING:
                write(outbox.note_progress, number, {"gone": [1001]}, _AT + 61)
            elif state is ChangeState.FAILED:
                refusal = KnownFault(
                    Fault.INVALID,
                    "A new event must begin in the future.",
                    error_key="campaignevents-error-start-past",
                    wiki_said="Enter a start time in the future.",
                )
                write(outbox.fail, number, refusal, "start", {UNANSWERED: True})
            elif state is ChangeState.ASKS:
                question = {"email": Question.MAYBE_SENT, "edit": Question.CONFLICT}.get(
                    kind, Question.CHANGED_MEANWHILE
                )
                progress = {"theirs": {"status": ["open"]}} if kind == "edit" else {}
                write(outbox.ask, number, question, "Nobody knows …", progress)
            elif state is ChangeState.DONE:
                write(outbox.finish, number, _AT + 90, "2 of 2 removed.")
            elif kind == "create":
                write(outbox.add_change, account, -number, _operations()["email"], _AT)


if __name__ == "__main__":
    make(Path(__file__).parent / "kept_data" / HEAD)
