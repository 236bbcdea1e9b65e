"""The places of the columns in the table of participants, by their keys: Column.CAN_EMAIL."""

from enum import IntEnum

from app.domain.people.people_columns import TABLE_COLUMNS

Column = IntEnum(
    "Column",
    [(column.key.upper().replace("-", "_"), place) for place, column in enumerate(TABLE_COLUMNS)],
)
