"""The arguments of `export`."""

import argparse
from pathlib import Path

from app.domain.people.people_columns import PEOPLE_COLUMNS, PeopleColumn, column_of
from app.i18n import _
from app.reports.participants.export_choices import SEPARATORS
from app.reports.participants.formats import PEOPLE_FORMATS


def add_export_arguments(one: argparse.ArgumentParser) -> None:
    """Add what can be chosen of a file of participants."""
    one.add_argument("--format", choices=list(PEOPLE_FORMATS), required=True, help=_("the kind of file"))
    one.add_argument("--output", type=Path, required=True, metavar="PATH", help=_("the file to write"))
    one.add_argument(
        "--include-private", action="store_true", help=_("also write people who registered privately")
    )
    columns = ",".join(column.key for column in PEOPLE_COLUMNS)
    one.add_argument(
        "--columns",
        type=_columns,
        help=_("columns to write, with commas between: {columns}").format(columns=columns),
    )
    one.add_argument(
        "--separator",
        choices=list(SEPARATORS),
        default=next(iter(SEPARATORS)),
        help=_("what stands between the cells of a text file"),
    )
    one.add_argument(
        "--bom", action="store_true", help=_("begin with a byte order mark, which some spreadsheets need")
    )
    one.add_argument(
        "--no-formula-guard",
        action="store_true",
        help=_("do not put an apostrophe before cells that a spreadsheet would run as a formula"),
    )
    one.add_argument(
        "--provenance", action="store_true", help=_("end with a line that tells where the rows come from")
    )


def _columns(text: str) -> tuple[PeopleColumn, ...]:
    columns = []
    for name in text.split(","):
        try:
            columns.append(column_of(name.strip()))
        except KeyError as error:
            unknown = _("there is no column “{text}”; choose from {known}").format(
                text=name.strip(), known=", ".join(column.key for column in PEOPLE_COLUMNS)
            )
            raise argparse.ArgumentTypeError(unknown) from error
    return tuple(columns)
