"""What an organizer chooses of a file of participants."""

from dataclasses import dataclass

from app.domain.people.people_columns import PeopleColumn, columns_of_use

#: What can stand between the cells of a text file, by its word for `--separator`.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@dataclass(frozen=True)
class ExportChoices:
    """The organizer's options. Private people are left out unless chosen.

    For text files only: `separator` between the cells; `byte_order_mark` by which spreadsheets recognize
    UTF-8; `guard` adds an apostrophe to cells that a spreadsheet would run as a formula.
    """

    columns: tuple[PeopleColumn, ...] = columns_of_use(noted=False)
    include_private: bool = False
    provenance: bool = False
    separator: str = ","
    byte_order_mark: bool = False
    guard: bool = True
