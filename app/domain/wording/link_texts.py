"""Texts about why a text is not the link of an event or an edit."""

from app.domain.names import safe
from app.domain.wikis.links import LinkFault, LinkProblem
from app.i18n import N_, _


def link_problem(problem: LinkProblem) -> str:
    """Return why a typed or pasted text is not a usable link, and what can be done."""
    return _(_SENTENCES[problem.fault]).format(host=safe(problem.host))


_SENTENCES = {
    LinkFault.NOT_A_LINK: N_(
        "This is neither a number, nor a link, nor the title of a page. Copy the address from the browser."
    ),
    LinkFault.OTHER_WIKI: N_(
        "This link leads to {host}, and none of your accounts is on that wiki. Sign in there, or give a link "
        "to a wiki of your account."
    ),
    LinkFault.OTHER_PAGE: N_("This page of the wiki is neither an event’s, nor a user’s, nor one edit."),
    LinkFault.NO_EVENT: N_(
        "This leads to no event. Give the event’s number, or the link of its page or its event details."
    ),
    LinkFault.NO_EDIT: N_(
        "This leads to no single edit. Give the revision’s number, or the link “prev” beside the edit in the "
        "page’s history."
    ),
    LinkFault.NEIGHBOURING_EDIT: N_(
        "This link shows the edit before or after the one that it names, and does not say which that is. "
        "Give the link “prev” beside the edit in the page’s history."
    ),
    LinkFault.SEVERAL_EDITS: N_(
        "This link shows more than one edit. Give the link “prev” beside the edit in the page’s history."
    ),
    LinkFault.AMBIGUOUS: N_("This can mean more than one thing. Give one link by itself."),
}
