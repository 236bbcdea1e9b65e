"""What the Programs & Events Dashboard counts for an event's course, beside our own figures."""

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.faults import KnownFault
from app.domain.statistics.course import CourseFigures
from app.domain.wording.figures import course_texts
from app.i18n import _
from app.views.look.icons import icon
from app.views.look.text import heading, leading, open_link, secondary
from app.views.widgets.banner import Banner


class CourseBox(QWidget):
    """The figures with their date; without any, what can be done."""

    #: The user wants the Dashboard's figures of now.
    refresh_requested = Signal()

    def __init__(self, course: tuple[CourseFigures, int] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("courseBox")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(QLabel(course_texts.NAME, self)))
        self.result = Banner("courseResult", self)
        column.addWidget(self.result)
        if course is None:
            self._note(column, _("What the Dashboard counts for this event’s course was not read yet."))
        else:
            self._add_figures(column, *course)
        self._button = QPushButton(icon("sync"), _("Read from the Dashboard"), self)
        self._button.setObjectName("readCourse")
        self._button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._button)
        if course is not None:
            address = course[0].address
            page = QPushButton(icon("external"), _("Open the course"), self)
            page.setObjectName("openCourse")
            page.setToolTip(address)
            page.clicked.connect(lambda: open_link(address))
            row.addWidget(page)
        row.addStretch(1)
        column.addLayout(row)

    def on_failed(self, fault: KnownFault) -> None:
        """Say what kept the figures from being read."""
        self.result.report(fault)

    def on_ended(self) -> None:
        """Let the user ask again."""
        self._button.setEnabled(True)

    def _ask(self) -> None:
        self._button.setEnabled(False)
        self.refresh_requested.emit()

    def _add_figures(self, column: QVBoxLayout, course: CourseFigures, read_at: int) -> None:
        locale = QLocale()
        title = leading(QLabel(course.title, self))
        title.setObjectName("courseTitle")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        column.addWidget(title)
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFormAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        for key, label, count in course_texts.course_rows(course):
            value = QLabel(course_texts.count_text(count, locale.toString), self)
            value.setObjectName(f"course-{key}")
            form.addRow(secondary(QLabel(label, self)), value)
        column.addLayout(form)
        moment = locale.toString(QDateTime.fromSecsSinceEpoch(read_at), QLocale.FormatType.ShortFormat)
        read = _("Read from the Dashboard on {moment}.").format(moment=moment)
        self._note(column, f"{read} {course_texts.rounded_note()}" if course.is_rounded else read)

    def _note(self, column: QVBoxLayout, text: str) -> None:
        note = secondary(QLabel(text, self))
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        column.addWidget(note)
