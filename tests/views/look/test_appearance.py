"""The chosen look is applied at once, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.views.look.appearance import Appearance, Scheme, set_role, show_look
from app.views.look.text import heading, set_text_size
from app.views.look.tokens import DARK, LIGHT


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Iterator[QSettings]:
    yield QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    show_look(qapp, LIGHT)
    set_text_size(qapp, 100)


def ground(application: QApplication) -> str:
    return application.palette().color(QPalette.ColorRole.Window).name()


def test_dark_and_light_are_shown_at_once_and_kept(settings: QSettings, qapp: QApplication) -> None:
    Appearance(settings).choose_scheme(Scheme.DARK)
    assert ground(qapp) == DARK.surface
    assert Appearance(settings).scheme is Scheme.DARK
    Appearance(settings).choose_scheme(Scheme.LIGHT)
    assert ground(qapp) == LIGHT.surface


def test_text_grows_in_windows_that_are_open(settings: QSettings, qapp: QApplication, qtbot: QtBot) -> None:
    plain, large = QLabel("Plain"), heading(QLabel("Heading"))
    for label in (plain, large):
        qtbot.addWidget(label)
    before = [label.sizeHint().height() for label in (plain, large)]
    Appearance(settings).choose_text_size(200)
    qapp.processEvents()
    after = [label.sizeHint().height() for label in (plain, large)]
    assert [round(new / old) for new, old in zip(after, before, strict=True)] == [2, 2]
    Appearance(settings).choose_text_size(100)
    qapp.processEvents()
    assert [label.sizeHint().height() for label in (plain, large)] == before


def test_settings_that_make_no_sense_are_the_systems_look(settings: QSettings) -> None:
    settings.setValue("look/scheme", "pink")
    settings.setValue("look/text-size", "7")
    shown = Appearance(settings)
    assert (shown.scheme, shown.text_size, shown.reduces_motion) == (Scheme.SYSTEM, 100, False)


def test_without_motion_nothing_fades_or_slides(settings: QSettings, qapp: QApplication) -> None:
    effects = (Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_FadeTooltip)
    Appearance(settings).reduce_motion(reduce=True)
    assert not any(map(qapp.isEffectEnabled, effects))
    assert Appearance(settings).reduces_motion
    Appearance(settings).reduce_motion(reduce=False)
    assert not Appearance(settings).reduces_motion


def test_high_contrast_of_the_system_wins(settings: QSettings, qapp: QApplication) -> None:
    Appearance(settings).choose_scheme(Scheme.DARK)
    show_look(qapp, None)
    assert ground(qapp) != DARK.surface
    assert qapp.styleSheet() == ""


def test_a_button_takes_its_role_when_it_is_given(qtbot: QtBot, settings: QSettings) -> None:
    Appearance(settings).choose_scheme(Scheme.LIGHT)
    button = QPushButton("Send")
    qtbot.addWidget(button)
    button.show()
    set_role(button, "primary")
    assert button.grab().toImage().pixelColor(4, button.height() // 2).name() == LIGHT.progressive
