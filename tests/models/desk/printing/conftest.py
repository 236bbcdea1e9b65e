"""Printed pages need Qt's fonts, and so an application."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from app.store.mirror import Mirror, open_temporary


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    opened = open_temporary()
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def british(qapp: QGuiApplication) -> Iterator[None]:
    assert qapp
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)
