"""A desk with people in many scripts, for tests of its window."""

from app.views.desk.check_in.desk_window import DeskWindow
from tests.support.window_kit import person

PEOPLE = (
    person(1, "María García López", private=False),
    person(2, "Mariana Garza", private=False),
    person(3, "Mari Garmendia", private=True),
    person(4, "O’Brien Mary", private=False),
    person(5, "أحمد الخطيب", private=False),
    person(6, "काठमाडौं सम्पदा", private=False),
    person(7, "山田 花子", private=False),
    person(8, "Zoë van der Berg", private=False),
)


def figures(window: DeskWindow) -> tuple[int, int, int, int]:
    """Return how many arrived, are inside, came as walk-ins, and are still to come."""
    counts = window.control.counts()
    return counts.arrived, counts.inside, counts.walk_ins, counts.to_come
