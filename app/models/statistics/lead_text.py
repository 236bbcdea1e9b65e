"""The sentence above an event's charts: what its figures say."""

from PySide6.QtCore import QLocale

from app.i18n import _, ngettext
from app.models.statistics.statistics_loader import EventFigures


def demographics_lead(figures: EventFigures, locale: QLocale) -> str:
    """Return who registered, who came, and who had been there before, in words."""
    found, came = figures.statistics, figures.came
    number = locale.toString
    text = ngettext(
        "{people} person registered, {public} publicly.",
        "{people} people registered, {public} of them publicly.",
        found.people,
    )
    sentences = [text.format(people=number(found.people), public=number(found.public))]
    if any(came):
        text = ngettext(
            "{arrived} of them arrived, {no_shows} are marked as no-shows, and {walk_ins} walk-in came.",
            "{arrived} of them arrived, {no_shows} are marked as no-shows, and {walk_ins} walk-ins came.",
            came.walk_ins,
        )
        sentences.append(
            text.format(
                arrived=number(came.arrived),
                no_shows=number(came.no_shows),
                walk_ins=number(came.walk_ins),
            )
        )
    if figures.returning is not None:
        new = max(0, found.people - figures.returning)
        text = _("{new} are new to your events, {returning} had registered for an earlier one.")
        sentences.append(text.format(new=number(new), returning=number(figures.returning)))
    return " ".join(sentences)
