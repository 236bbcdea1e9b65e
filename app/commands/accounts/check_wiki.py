"""The command that checks a wiki and the sign-ins on it."""

import argparse

from app.application import Application
from app.commands import documents, words
from app.commands.exit_codes import exit_code
from app.commands.output import Output
from app.domain.accounts.wiki_check import Outcome
from app.domain.faults import Fault, KnownFault
from app.domain.wording import check_texts, sign_in_texts
from app.i18n import _, listed


def check_wiki(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Check a wiki and the sign-ins on it; fail where something is in the way."""
    from app.sync import wiki_check

    accounts = application.accounts()
    if not accounts:
        raise KnownFault(Fault.USAGE, sign_in_texts.no_account())
    if not options.wiki and len(accounts) > 1:
        raise KnownFault(Fault.USAGE, words.which_wiki(listed(application.labels().values())))
    account = application.find_account(options.wiki) if options.wiki else accounts[0]
    found = list(wiki_check.check_wiki(application.wikis, account))
    output.table(
        [_(heading) for heading in words.HEADINGS_CHECK],
        [(check_texts.outcome(one.outcome), check_texts.checked(one.checked), one.sentence) for one in found],
    )
    output.document([documents.finding(one) for one in found])
    bad = next((one for one in found if one.outcome is Outcome.BAD), None)
    return exit_code(KnownFault(bad.fault or Fault.REFUSED, bad.sentence)) if bad else 0
