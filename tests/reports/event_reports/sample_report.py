"""A report with everything in it that a report can hold."""

from datetime import UTC, date, datetime

from app.domain.statistics.statistics import Share
from app.reports.event_reports.contents import (
    Align,
    Column,
    Days,
    Distribution,
    Facts,
    Link,
    Paragraph,
    Report,
    Section,
    Table,
    UserName,
)

NAMES = (
    "=SUM(A1:A9)",
    "*Star",
    "'''Bold'''",
    "“Quoted”, with comma",
    "~2026-30817-42",
    "A & B",
    "Jane Doe (WMDE)",
    "მზია",
    "محمد (x)",
    "सुमन थापा",
    "维基百科",
    "-Dash",
    "0041",
    "1E5",
    "2024-05",
    "Jan-3",
    "TRUE",
    "__NOTOC__".strip("_"),
)


def sample_report(language: str = "en", names: tuple[str, ...] = NAMES) -> Report:
    shares = [("Yes", Share("yes", 12, 12, 40)), ("No", Share("no", 0, 4, 40)), ("?", Share("?", 24, 28, 40))]
    days = [(date(2026, 11, 3), 7), (date(2026, 11, 4), 0)]
    columns = [Column("name", "Name"), Column("at", "Registered at"), Column("n", "Edits", Align.END)]
    registered = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    return Report(
        title="A day [[of]] {{wikis}} & more",
        subtitle="3 November 2026",
        language=language,
        zone="UTC",
        sections=[
            Section(
                "facts",
                "The event",
                [
                    Facts(
                        [
                            ("where", "Where", "Library | Main hall"),
                            (
                                "page",
                                "Event page",
                                Link("Event:Day", "https://meta.example.org/wiki/Event:Day"),
                            ),
                            ("registered", "Registered", 1234),
                        ]
                    )
                ],
            ),
            Section(
                "registrations",
                "Registrations",
                [Days("By day", "registrations", "Registrations", days)],
            ),
            Section(
                "demographics",
                "Demographics",
                [
                    Distribution("4", "Confidence", shares),
                    Distribution("5", "Affiliate", None),
                    Paragraph("* not a list; http://example.org is no link"),
                ],
            ),
            Section(
                "participants",
                "Participants",
                [
                    Table(
                        "Participants",
                        columns,
                        [(UserName(name), registered, -number) for number, name in enumerate(names)],
                    )
                ],
            ),
        ],
        provenance="From the practice wiki.",
        personal_data="This file names people.",
        made_at=datetime(2026, 11, 30, tzinfo=UTC),
    )
