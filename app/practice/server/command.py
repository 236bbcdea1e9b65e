"""The command that starts the practice wiki and serves until it is stopped."""

import _thread
import argparse
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from waitress.server import BaseWSGIServer, create_server

from app.practice.ground.clock import WorldClock
from app.practice.ground.countries import NOT_COUNTED_AT_WIKIMEDIA
from app.practice.ground.faults import FaultInjection, FaultSwitches
from app.practice.ground.settings import GRANT_SETS, Settings, read_fault
from app.practice.ground.sites import HOME, SECOND
from app.practice.ground.store import Store
from app.practice.ground.versions import DEFAULT_VERSION, VERSIONS
from app.practice.identity.oauth1 import register_consumers
from app.practice.server.application import make_application
from app.practice.wiki import PracticeWiki
from app.practice.world.world import add_second_wiki, build_world, remembered_world

MOST_PARTICIPANTS = 200_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run the practice wiki; prints one line of JSON as soon as it listens."""
    settings = read_settings(argv)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    scratch = None if settings.data else Path(tempfile.mkdtemp(prefix="practice-wiki-"))
    try:
        _serve(settings, settings.data or Path(scratch or "") / "wiki.sqlite")
    except SystemExit:
        pass
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)
    return 0


def read_settings(argv: Sequence[str] | None = None) -> Settings:
    """Parse the options of the command line."""
    parser = argparse.ArgumentParser(
        prog="practice-wiki",
        description="A wiki with Event Registration, to practise on. It serves this computer only.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, metavar="FILE", help="keep the world in this file")
    parser.add_argument("--events", type=_count, default=0, metavar="N", help="so many events more")
    parser.add_argument(
        "--participants",
        type=_crowd,
        default=0,
        metavar="N",
        help="one event more, with so many participants",
    )
    parser.add_argument(
        "--edits",
        type=_count,
        default=0,
        metavar="N",
        help="so many edits of these participants; their event is over then",
    )
    parser.add_argument("--latency-ms", type=_count, default=0, metavar="N", help="wait before every answer")
    parser.add_argument(
        "--fault", type=read_fault, action="append", default=[], metavar="KIND[:RATE[:SEED]]", dest="faults"
    )
    parser.add_argument("--grants", choices=GRANT_SETS, default="organizer")
    parser.add_argument(
        "--clock", type=datetime.fromisoformat, metavar="ISO", help="the world's now at the start"
    )
    parser.add_argument("--token-lifetime", type=_count, default=3600, metavar="SECONDS")
    parser.add_argument("--auto-approve", action="store_true", help="sign in and approve without asking")
    parser.add_argument("--threads", type=_count, default=8)
    parser.add_argument("--redirect-port", type=_count, default=8127, metavar="PORT")
    parser.add_argument(
        "--wikimedia", action="store_true", help="have what Wikimedia's wikis add: Grant IDs, the Dashboard"
    )
    parser.add_argument(
        "--family", action="store_true", help="serve a second wiki, on the next port, with the same people"
    )
    parser.add_argument("--mediawiki", choices=VERSIONS, default=DEFAULT_VERSION, help="the version to play")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the parent does")
    options = vars(parser.parse_args(argv))
    return Settings(**{**options, "faults": tuple(options["faults"])})


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("not less than nothing")
    return number


def _crowd(text: str) -> int:
    number = _count(text)
    if number > MOST_PARTICIPANTS:
        raise argparse.ArgumentTypeError(f"at most {MOST_PARTICIPANTS}")
    return number


def _serve(settings: Settings, path: Path) -> None:
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    store, clock = Store(path), WorldClock(settings.clock)
    not_counted = NOT_COUNTED_AT_WIKIMEDIA if settings.wikimedia else frozenset[str]()
    wikis = [
        PracticeWiki(
            settings, store, clock, faults=FaultSwitches(settings.faults), site=site, not_counted=not_counted
        )
        for site in ((HOME, SECOND) if settings.family else (HOME,))
    ]
    for wiki in wikis:
        wiki.family = tuple(wikis)
    # The servers share one socket map, so that the loop of the first server serves all of them.
    sockets: dict[int, Any] = {}
    servers = [_listen(wiki, place, sockets) for place, wiki in enumerate(wikis)]
    described = build_world(store, settings, clock.now()) if store.is_new() else remembered_world(store)
    store.make_later_tables()
    described |= register_consumers(store, settings)
    if settings.family:
        add_second_wiki(store, clock.now())
        described["family"] = [{"base_url": one.base_url, "wiki_id": one.site.wiki_id} for one in wikis]
    line = {
        "base_url": wikis[0].base_url,
        **described,
        "clock": clock.now().isoformat(),
        "grants": settings.grants,
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    sys.stdout.flush()
    if settings.until_stdin_closes:
        threading.Thread(target=_stop_with_parent, args=(servers[0].pull_trigger,), daemon=True).start()
    try:
        servers[0].run()
    finally:
        for server in servers:
            server.task_dispatcher.shutdown()
            server.close()
        store.close()


def _listen(wiki: PracticeWiki, place: int, sockets: dict[int, Any]) -> BaseWSGIServer:
    settings = wiki.settings
    server = create_server(
        FaultInjection(make_application(wiki).wsgi_app, wiki.faults, wiki.traffic, settings.latency_ms),
        map=sockets,
        host="127.0.0.1",
        port=settings.port + place if settings.port else 0,
        threads=max(1, settings.threads),
        ident="practice-wiki",
    )
    wiki.base_url = f"http://127.0.0.1:{server.effective_port}"
    return server


def _stop_with_parent(wake: object) -> None:
    # Not sys.stdin.read(): the thread would still hold its lock at interpreter shutdown.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    _thread.interrupt_main(signal.SIGTERM)
    if callable(wake):
        wake()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # A second signal must not interrupt the cleanup.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit
