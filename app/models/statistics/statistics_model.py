"""The table beside a question's chart."""

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain import names
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.statistics import MIN_PEOPLE, QuestionStatistics, Share
from app.domain.wording import people_texts
from app.i18n import _

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
            return self._number(share) if index.column() == 1 else self._percent(share)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _number(self, share: Share) -> str:
        locale = QLocale()
        if share.exact:
            return locale.toString(share.least)
        if share.option == NO_RESPONSE:
            return f"{locale.toString(share.least)}–{locale.toString(share.most)}"
        return _("fewer than {least}").format(least=locale.toString(MIN_PEOPLE))

    def _percent(self, share: Share) -> str:
        locale = QLocale()
        least, most = (locale.toString(value, "f", 1) for value in share.percent)
        return f"{least} %" if share.exact else f"{least}–{most} %"
