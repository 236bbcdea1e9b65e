"""The sequence of anonymous edits, for which the wiki creates temporary accounts (CONTRACT §6)."""

from tests.contract.contract_wiki import open_session
from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.sequences import SequenceRun, sequence


@sequence()
def temporary_accounts(run: SequenceRun) -> None:
    run.events[127], _ = run.wiki.make_event()
    browser = open_session()

    def as_visitor(replay: Replay) -> None:
        replay.session = browser
        replay.values["token"] = run.wiki.csrf(browser)

    run.play("1244-1245 1247-1252", as_visitor)
    run.play("1253-1254")
    run.wiki.control("account", {"user": "~2026-1", "registered": None})
    run.play("1292")
