"""What all spreadsheets need."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def close_book(book: "Workbook") -> None:
    """Write a spreadsheet's file. Raises OSError, of which XlsxWriter makes an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        raise
