"""The style of the program's own, on Fusion: the same on all systems, made from the table of tokens."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QWidget,
)

from app.views.look.tokens import LIGHT, Tokens

#: Pixels between a field's outline and its text, and of its height more than its text; as of buttons.
_FIELD_MARGIN, _FIELD_HEIGHT = 6, 14
_FIELDS = (
    QStyle.ContentsType.CT_LineEdit,
    QStyle.ContentsType.CT_ComboBox,
    QStyle.ContentsType.CT_SpinBox,
)
_EDITED_PARTS = (
    (QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField),
    (QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl.SC_SpinBoxEditField),
)
#: Pixels of the corners of fields, and of what holds the keyboard's focus.
_CORNER, _FOCUS = 2, 2


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of a scheme. Selected rows have a soft ground, and text as elsewhere."""
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, tokens.surface),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.surface),
        (roles.AlternateBase, tokens.raised),
        (roles.Text, tokens.text),
        (roles.PlaceholderText, tokens.secondary),
        (roles.Button, tokens.surface),
        (roles.ButtonText, tokens.text),
        (roles.BrightText, tokens.error),
        (roles.ToolTipBase, tokens.raised),
        (roles.ToolTipText, tokens.text),
        (roles.Highlight, tokens.progressive_soft),
        (roles.HighlightedText, tokens.text),
        (roles.Accent, tokens.progressive),
        (roles.Link, tokens.progressive),
        (roles.LinkVisited, tokens.progressive),
        (roles.Light, tokens.surface),
        (roles.Midlight, tokens.raised),
        (roles.Mid, tokens.line_subtle),
        (roles.Dark, tokens.line_strong),
        (roles.Shadow, tokens.outline),
    ):
        palette.setColor(role, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Base, QColor(tokens.neutral))
    for role in (roles.Text, roles.WindowText, roles.ButtonText, roles.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette


_DOWN, _LEFT, _UP, _RIGHT = 0, 90, 180, 270
_ARROWS = {
    QStyle.PrimitiveElement.PE_IndicatorArrowDown: _DOWN,
    QStyle.PrimitiveElement.PE_IndicatorArrowLeft: _LEFT,
    QStyle.PrimitiveElement.PE_IndicatorArrowUp: _UP,
    QStyle.PrimitiveElement.PE_IndicatorArrowRight: _RIGHT,
}


class LookStyle(QProxyStyle):
    """Paints fields, boxes and the keyboard's focus in the colours of a scheme; else as Fusion does."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        #: The scheme that is shown.
        self.shown: Tokens | None = None

    @property
    def _tokens(self) -> Tokens:
        return self.shown or LIGHT

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint what Fusion paints otherwise."""
        kinds = QStyle.PrimitiveElement
        if self.shown is None:
            super().drawPrimitive(element, option, painter, widget)
        elif element in (kinds.PE_IndicatorCheckBox, kinds.PE_IndicatorItemViewItemCheck):
            self._draw_box(option, painter)
        elif element == kinds.PE_IndicatorRadioButton:
            self._draw_radio(option, painter)
        elif element == kinds.PE_PanelLineEdit:
            framed = isinstance(option, QStyleOptionFrame) and option.lineWidth > 0
            self._draw_field(option, painter, framed=framed)
        elif element == kinds.PE_Frame:
            self._draw_frame(option, painter, widget)
        elif element in _ARROWS:
            self._draw_arrow(option, painter, QRectF(option.rect), _ARROWS[element])
        elif element == kinds.PE_IndicatorHeaderArrow and isinstance(option, QStyleOptionHeader):
            # Qt's arrow points down where the smallest is at the top.
            ascends = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortDown
            self._draw_arrow(option, painter, QRectF(option.rect), _UP if ascends else _DOWN)
        elif element == kinds.PE_FrameTabBarBase:
            line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
            painter.fillRect(line, QColor(self._tokens.line_muted))
        elif element == kinds.PE_FrameFocusRect:
            # The outline of a box or circle without a text shows the focus already.
            if not isinstance(widget, QAbstractButton) or widget.text():
                self._draw_focus(option.rect, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint combo boxes, and the fields of numbers and dates."""
        if self.shown is None:
            super().drawComplexControl(control, option, painter, widget)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            self._draw_field(option, painter, framed=True)
            part = QStyle.SubControl.SC_ComboBoxArrow
            arrow = self.subControlRect(control, option, part, widget)
            self._draw_arrow(option, painter, QRectF(arrow), _DOWN)
        elif control == QStyle.ComplexControl.CC_SpinBox:
            self._draw_field(option, painter, framed=True)
            parts = QStyle.SubControl
            for part in (parts.SC_SpinBoxUp, parts.SC_SpinBoxDown):
                area = self.subControlRect(control, option, part, widget)
                self._draw_arrow(option, painter, QRectF(area), _UP if part is parts.SC_SpinBoxUp else _DOWN)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the edge between two panes as one quiet line."""
        if self.shown is None or element != QStyle.ControlElement.CE_Splitter:
            super().drawControl(element, option, painter, widget)
            return
        middle = option.rect.center()
        upright = bool(option.state & QStyle.StateFlag.State_Horizontal)
        line = (
            QRect(middle.x(), option.rect.top(), 1, option.rect.height())
            if upright
            else QRect(option.rect.left(), middle.y(), option.rect.width(), 1)
        )
        painter.fillRect(line, QColor(self._tokens.line_muted))

    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where the text of a field is: apart from its outline."""
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type] # as Qt gave it
        framed = isinstance(option, QStyleOptionFrame) and option.lineWidth > 0
        if element == QStyle.SubElement.SE_LineEditContents and framed:
            rect.adjust(_FIELD_MARGIN, 0, -_FIELD_MARGIN, 0)
        return rect

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where the text of a field with a list or with arrows is: as in other fields."""
        rect = super().subControlRect(control, option, part, widget)  # type: ignore[arg-type] # as Qt gave it
        if (control, part) in _EDITED_PARTS:
            mirrored = option.direction == Qt.LayoutDirection.RightToLeft
            rect.adjust(0 if mirrored else _FIELD_MARGIN, 0, -_FIELD_MARGIN if mirrored else 0, 0)
        return rect

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Return the size of a field: as high as a button, with its margin."""
        result = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type] # as Qt gave it
        if kind in _FIELDS:
            least = option.fontMetrics.height() + _FIELD_HEIGHT
            result.setHeight(max(result.height(), least))
            if kind != QStyle.ContentsType.CT_LineEdit:
                result.setWidth(result.width() + _FIELD_MARGIN)
        return result

    def _outlined(self, painter: QPainter, option: QStyleOption) -> QPen:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if not state & QStyle.StateFlag.State_Enabled:
            return QPen(QColor(self._tokens.line_subtle), 1)
        if state & QStyle.StateFlag.State_HasFocus:
            return QPen(QColor(self._tokens.progressive), _FOCUS)
        return QPen(QColor(self._tokens.outline), 1)

    def _draw_field(self, option: QStyleOption, painter: QPainter, *, framed: bool) -> None:
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        ground = QColor(self._tokens.surface if enabled else self._tokens.neutral)
        if not framed:
            painter.fillRect(option.rect, ground)
            return
        painter.save()
        pen = self._outlined(painter, option)
        painter.setPen(pen)
        painter.setBrush(ground)
        half = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(option.rect).adjusted(half, half, -half, -half), _CORNER, _CORNER)
        painter.restore()

    def _draw_frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        painter.save()
        pen = self._outlined(painter, option)
        if not isinstance(widget, QAbstractScrollArea):
            pen = QPen(QColor(self._tokens.line_subtle), 1)
        painter.setPen(pen)
        half = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(option.rect).adjusted(half, half, -half, -half), _CORNER, _CORNER)
        painter.restore()

    def _draw_focus(self, rect: QRect, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._tokens.progressive), _FOCUS))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        painter.restore()

    def _draw_box(self, option: QStyleOption, painter: QPainter) -> None:
        state, tokens = option.state, self._tokens
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        marked = bool(state & (QStyle.StateFlag.State_On | QStyle.StateFlag.State_NoChange))
        area = _square(option.rect)
        painter.save()
        pen = self._outlined(painter, option)
        if marked and enabled and not state & QStyle.StateFlag.State_HasFocus:
            pen.setColor(QColor(tokens.progressive))
        painter.setPen(pen)
        ground = tokens.progressive if marked and enabled else tokens.surface if enabled else tokens.neutral
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, _CORNER, _CORNER)
        if marked:
            ink = QColor(tokens.on_progressive if enabled else tokens.disabled)
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            side = area.width()
            points = (
                ((0.22, 0.52), (0.42, 0.72), (0.78, 0.30))
                if state & QStyle.StateFlag.State_On
                else ((0.25, 0.5), (0.75, 0.5))
            )
            painter.drawPolyline(
                QPolygonF([QPointF(area.left() + side * x, area.top() + side * y) for x, y in points])
            )
        painter.restore()

    def _draw_radio(self, option: QStyleOption, painter: QPainter) -> None:
        state, tokens = option.state, self._tokens
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        chosen = bool(state & QStyle.StateFlag.State_On)
        area = _square(option.rect)
        painter.save()
        pen = self._outlined(painter, option)
        if chosen and enabled:
            pen.setColor(QColor(tokens.progressive))
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.surface if enabled else tokens.neutral))
        painter.drawEllipse(area)
        if chosen:
            inset = area.width() * 0.28
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.progressive if enabled else tokens.disabled))
            painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
        painter.restore()

    def _draw_arrow(self, option: QStyleOption, painter: QPainter, area: QRectF, degrees: int) -> None:
        """Draw an angle that points down, turned clockwise by so many degrees."""
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        half = min(4.0, area.height() / 3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self._tokens.secondary if enabled else self._tokens.disabled)
        painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(area.center())
        painter.rotate(degrees)
        painter.drawPolyline(
            QPolygonF([QPointF(-half, -half / 2), QPointF(0, half / 2), QPointF(half, -half / 2)])
        )
        painter.restore()


def _square(rect: QRect) -> QRectF:
    """Return the largest square in the middle of an area, on whole pixels for a line of one."""
    side = min(rect.width(), rect.height()) - 1
    left, top = rect.left() + (rect.width() - side) // 2, rect.top() + (rect.height() - side) // 2
    return QRectF(left + 0.5, top + 0.5, side - 1, side - 1)
