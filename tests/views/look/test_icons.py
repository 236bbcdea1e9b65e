import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPalette

from app.domain.places import RESOURCES
from app.views.look.colours import Accent, accent_colour
from app.views.look.icons import app_icon, icon, icon_names

NAMES = sorted(file.stem for file in (RESOURCES / "icons").glob("*.svg"))


@pytest.fixture
def palette(qapp):
    """Set the program's palette for one test."""
    before = QGuiApplication.palette()
    yield QGuiApplication.setPalette
    QGuiApplication.setPalette(before)


def colours(drawn: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """Return the colours of an icon's opaque pixels."""
    image = drawn.pixmap(QSize(64, 64), 1.0, mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    pixels = [image.pixelColor(x, y) for x, y in places]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def coloured(role: QPalette.ColorRole, colour: str) -> QPalette:
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, role, QColor(colour))
    return palette


@pytest.mark.parametrize("name", NAMES)
class TestEachIcon:
    def test_is_drawn_on_the_grid_with_the_stroke_of_the_set(self, name):
        root = ET.parse(RESOURCES / "icons" / f"{name}.svg").getroot()  # noqa: S314
        assert root.get("viewBox") == "0 0 24 24"
        assert root.get("stroke") == "currentColor"
        assert root.get("stroke-width") == "1.75"
        assert root.get("stroke-linecap") == root.get("stroke-linejoin") == "round"

    def test_draws_something_that_stays_inside_the_grid(self, qapp, name):
        image = icon(name).pixmap(QSize(48, 48), 1.0).toImage()
        drawn = [(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha()]
        assert len(drawn) > 100
        assert all(1 <= x <= 46 and 1 <= y <= 46 for x, y in drawn)


def test_every_file_has_a_name():
    assert icon_names() == set(NAMES)
    assert {"calendar-now", "person-private", "test-event", "sync", "mail-off"} <= icon_names()


def test_an_unknown_name_is_refused(qapp):
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")


def test_pixels_follow_the_ratio_of_the_screen(qapp):
    pixmap = icon("search").pixmap(QSize(16, 16), 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0, 3.0])
def test_painting_is_crisp_at_every_ratio(qapp, ratio):
    image = QImage(QSize(20, 20) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    painter = QPainter(image)
    icon("add").paint(painter, 0, 0, 20, 20)
    painter.end()
    expected = icon("add").pixmap(QSize(20, 20), ratio).toImage()
    assert image.size() == expected.size()
    assert image == expected.convertToFormat(image.format())


def test_the_colour_follows_the_palette(palette):
    sign = icon("check")
    palette(coloured(QPalette.ColorRole.WindowText, "#112233"))
    assert colours(sign) == {"#112233"}
    palette(coloured(QPalette.ColorRole.WindowText, "#ddeeff"))
    assert colours(sign) == {"#ddeeff"}


def test_disabled_and_selected_icons_have_their_colours(palette):
    chosen = coloured(QPalette.ColorRole.HighlightedText, "#fefefe")
    chosen.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor("#777777"))
    palette(chosen)
    assert colours(icon("check"), QIcon.Mode.Disabled) == {"#777777"}
    assert colours(icon("check"), QIcon.Mode.Selected) == {"#fefefe"}


def test_an_accent_or_a_role_may_colour_it(palette):
    palette(coloured(QPalette.ColorRole.Link, "#123456"))
    assert colours(icon("check", QPalette.ColorRole.Link)) == {"#123456"}
    expected = accent_colour(QGuiApplication.palette(), Accent.SUCCESS).name()
    assert colours(icon("check", Accent.SUCCESS)) == {expected}


def test_a_copy_of_an_icon_can_be_drawn(qapp):
    copy = QIcon(icon("check"))
    copy.setIsMask(True)
    assert colours(copy)
    assert colours(icon("check")) == colours(copy)


@pytest.mark.parametrize("size", [16, 32, 128, 256])
def test_the_programs_icon_has_every_size(qapp, size):
    assert app_icon().pixmap(QSize(size, size), 1.0).size() == QSize(size, size)
