"""What all spreadsheets need."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


#: In memory: temporary files would hold names in a folder that others may read.
OPTIONS = {"in_memory": True, "strings_to_urls": False, "remove_timezone": True}
#: What the format allows, in characters.
LONGEST_CELL = 32_767
MOMENT = "yyyy-mm-dd hh:mm:ss"


def close_book(book: "Workbook") -> None:
    """Write a spreadsheet's file. Raises OSError, of which XlsxWriter makes an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from error
        raise
