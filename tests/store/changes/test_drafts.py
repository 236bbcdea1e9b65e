"""What the user typed, kept beside the outbox: drafts, the template, the own registration."""

from contextlib import closing

from app.domain.people.own_registration import OwnRegistration
from app.store.events import drafts
from app.store.events.drafts import EmailDraft
from app.store.people import own_registrations
from tests.support.data.store_samples import add_event
from tests.support.outbox.stored_outbox import PUBLIC


def test_a_draft_is_saved_for_its_event_until_it_is_empty(stored):
    other = add_event(stored.mirror, stored.account, 8, name="Other")
    write = stored.mirror.writer.do
    write(drafts.save_draft, stored.event, EmailDraft("Programme", "Dear all,\n", True), 5)
    write(drafts.save_draft, stored.event, EmailDraft("Programme", "Dear all,\nsee you", False), 6)
    with closing(stored.mirror.reader()) as reader:
        assert drafts.read_draft(reader, stored.event) == EmailDraft("Programme", "Dear all,\nsee you", False)
        assert drafts.read_draft(reader, other) is None
        write(drafts.save_draft, stored.event, EmailDraft("  ", "\n", True), 7)
        assert drafts.read_draft(reader, stored.event) is None


def test_the_users_template_is_saved_until_it_is_reset(mirror):
    with closing(mirror.reader()) as reader:
        assert drafts.read_page_template(reader) is None
        for text in ("== $title ==", "== $title ==\n$place", ""):
            mirror.writer.do(drafts.save_page_template, text)
            assert drafts.read_page_template(reader) == text
        mirror.writer.do(drafts.save_page_template, None)
        assert drafts.read_page_template(reader) is None


def test_the_users_own_registration_is_saved_as_last_reported(stored):
    with closing(stored.mirror.reader()) as reader:
        assert own_registrations.read_own(reader, stored.event) is None
        for own in (PUBLIC, OwnRegistration(True)):
            stored.mirror.writer.do(own_registrations.save_own, stored.event, own)
            assert own_registrations.read_own(reader, stored.event) == own
        stored.mirror.writer.do(own_registrations.save_own, stored.event, None)
        assert own_registrations.read_own(reader, stored.event) is None
