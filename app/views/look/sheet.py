"""The style sheet: what can be said shortly about the look; what it cannot say is painted by style.py."""

from dataclasses import asdict
from string import Template

from app.views.look.tokens import Tokens

_SHEET = Template("""
QPushButton { color: $text; background: $surface; border: 1px solid $outline; border-radius: 2px;
  padding: 6px 12px; min-height: 18px; outline: none; }
QPushButton:hover { background: $neutral; }
QPushButton:pressed { background: $line_muted; }
QPushButton:focus, QToolButton:focus { border: 2px solid $progressive; padding: 5px 11px; }
QPushButton:disabled { color: $disabled; border-color: $line_subtle; background: $surface; }
QPushButton[role="primary"] { color: $on_progressive; background: $progressive;
  border: 1px solid $progressive; }
QPushButton[role="primary"]:hover { border-color: $text; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { color: $disabled; background: $neutral;
  border-color: $neutral; }
QPushButton[role="destructive"] { color: $error; background: $surface; border: 1px solid $error; }
QPushButton[role="destructive"]:hover { background: $error_soft; }
QPushButton[role="destructive"]:focus { border: 2px solid $error; }
QPushButton[role="destructive"]:disabled { color: $disabled; border-color: $line_subtle; }
QPushButton[role="quiet"] { color: $progressive; background: transparent; border: 1px solid transparent; }
QPushButton[role="quiet"]:hover { background: $progressive_soft; }
QPushButton[role="quiet"]:focus { border: 2px solid $progressive; }
QToolButton { color: $text; background: $surface; border: 1px solid $outline; border-radius: 2px;
  padding: 5px 8px 4px 8px; min-height: 18px; outline: none; }
QToolButton:hover { background: $neutral; }
QToolButton:pressed, QToolButton:checked { background: $progressive_soft; }
QToolButton:focus { padding: 4px 7px 3px 7px; }
QToolButton:disabled { color: $disabled; border-color: $line_subtle; }
QToolButton[autoRaise="true"] { background: transparent; border: 1px solid transparent; padding: 3px;
  min-height: 0; }
QToolButton[autoRaise="true"]:hover { background: $neutral; }
QToolButton[autoRaise="true"]:focus { border: 2px solid $progressive; padding: 2px; }
QLineEdit QToolButton { min-height: 0; padding: 0; border: none; }
QToolButton[popupMode="1"] { padding: 5px 20px 4px 8px; }
QToolButton[popupMode="1"][mirrored="true"] { padding: 5px 8px 4px 20px; }
QToolButton[popupMode="1"]::menu-button { border: none; width: 18px; }
QToolButton[popupMode="2"]::menu-indicator { image: none; width: 0; }
QToolButton[role="chip"] { border: 1px solid $outline; border-radius: 14px; padding: 3px 12px;
  min-height: 18px; }
QToolButton[role="chip"]:focus { border: 2px solid $progressive; padding: 2px 11px; }
QToolButton[role="chip"]:checked { color: $progressive; background: $progressive_soft;
  border-color: $progressive; }
QToolButton[role="entry"] { border: 1px solid transparent; border-radius: 4px; background: transparent;
  padding: 6px 10px; text-align: left; }
QToolButton[role="entry"]:hover { background: $neutral; }
QToolButton[role="entry"]:checked { color: $progressive; background: $progressive_soft; }
QToolButton[role="entry"]:focus { border: 2px solid $progressive; padding: 5px 9px; }
QToolButton[role="search"] { color: $secondary; background: $surface; padding: 5px 8px 4px 8px;
  text-align: left; }
QPlainTextEdit { padding: 2px 4px; }
QPlainTextEdit[readOnly="true"] { background: $raised; }
NamesList { padding: 4px; }
CheckList { padding: 0 4px; }
QMenuBar { background: $surface; border: none; }
QMenuBar::item { background: transparent; border-radius: 4px; padding: 4px 8px; }
QMenuBar::item:selected { background: $neutral; }
QMenu { color: $text; background: $raised; border: 1px solid $line_subtle; padding: 4px 0; }
QMenu::separator { height: 1px; background: $line_muted; margin: 4px 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
#sidebar, #eventsPane, #eventsView, #syncBar { background: $raised; }
#deskHeader { background: $raised; border-bottom: 1px solid $line_muted; }
#deskFigures { background: $raised; }
#deskFigures QProgressBar::chunk { background: $success; }
#deskSide { border: none; border-left: 1px solid $line_muted; }
#deskSide[mirrored="true"] { border-left: none; border-right: 1px solid $line_muted; }
#deskField, #kioskField { padding: 8px 18px; }
#syncBar { border-top: 1px solid $line_muted; }
QFrame[role="card"] { background: $surface; border: 1px solid $line_muted; border-radius: 8px; }
QTabWidget::pane { border: none; border-top: 1px solid $line_muted; }
#eventTabs::tab-bar { left: 10px; }
#eventTabs[mirrored="true"]::tab-bar { left: -10px; }
QTabBar { background: transparent; }
QTabBar::tab { color: $text; background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: 7px 10px; outline: none; }
QTabBar::tab:hover { color: $progressive; }
QTabBar::tab:selected { color: $progressive; border-bottom: 2px solid $progressive; }
QTabBar::tab:selected:focus { background: $progressive_soft; }
QTabBar::tab:disabled { color: $disabled; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { color: $secondary; background: $surface; border: none;
  border-bottom: 1px solid $line_muted; padding: 5px 10px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $surface; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $line_strong; border: 3px solid transparent; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $neutral; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $progressive; border-radius: 4px; }
QLabel[tone="secondary"] { color: $secondary; }
QLabel[tone="progressive"] { color: $progressive; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="success"] { color: $success; }
QMessageBox QLabel#qt_msgbox_label { font-weight: 600; }
QToolTip { color: $text; background: $raised; border: 1px solid $line_subtle; padding: 4px 6px; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet in the colours of a scheme."""
    return _SHEET.substitute(asdict(tokens))
