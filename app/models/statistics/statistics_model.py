"""The table beside a question's chart."""

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain import names
from app.domain.statistics.statistics import QuestionStatistics
from app.domain.wording import people_texts
from app.i18n import _
from app.models.statistics.share_text import count_text, percent_text

Index = QModelIndex | QPersistentModelIndex


class StatisticsModel(QAbstractTableModel):
    """A question's shares: option, people, per cent."""

    def __init__(self, statistics: QuestionStatistics, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = statistics.question
        self._shares = statistics.shares or ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of options."""
        return 0 if parent.isValid() else len(self._shares)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return three: option, people, per cent."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Answer"), _("Participants"), _("Share"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data for a role."""
        if not index.isValid():
            return None
        share = self._shares[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return names.safe(people_texts.option_label(self._question, share.option))
            show = count_text if index.column() == 1 else percent_text
            return show(share, QLocale())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return None
