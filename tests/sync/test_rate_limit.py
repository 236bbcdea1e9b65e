"""The rate limit of a wiki holds for the whole program."""

from app.domain.accounts.wiki_profiles import WikiFamily
from app.store.mirror import open_temporary
from app.sync.wikis import Wikis
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer
from tests.support.sign_in.session_making import sign_in_with_session


def test_all_requests_to_a_wiki_count_for_its_rate_limit(practice_wiki: PracticeServer) -> None:
    """Finding the wiki, signing in and syncing share a rate limit: the wiki counts the whole program."""
    computer = Computer(open_temporary())
    computer.wikis = Wikis(computer.mirror, [WikiFamily("All of this computer's", ("127.0.0.1",), 1_000)])
    practice_wiki.forget_requests()
    computer.sign_in(practice_wiki.base, practice_wiki.token())
    sign_in_with_session(computer.wikis, practice_wiki)
    computer.sync(practice_wiki.big_event)
    counted, on_server = (
        computer.wikis.request_rate(computer.account).requests,
        practice_wiki.traffic()["total"],
    )
    computer.wikis.close()
    computer.mirror.close()
    assert counted == on_server
