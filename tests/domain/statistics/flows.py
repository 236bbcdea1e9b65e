"""Whether whole numbers can satisfy a network of limits: a flow with lower and upper bounds exists or not."""

from collections import deque
from collections.abc import Hashable, Iterable

_Edge = tuple[Hashable, Hashable, int, int]


def is_feasible(edges: Iterable[_Edge]) -> bool:
    """Return whether flows exist through edges (from, to, least, most) so that nothing stays at any node."""
    room: dict[Hashable, dict[Hashable, int]] = {}
    needed = 0

    def add(begin: Hashable, end: Hashable, most: int) -> None:
        room.setdefault(begin, {}).setdefault(end, 0)
        room.setdefault(end, {}).setdefault(begin, 0)
        room[begin][end] += most

    for number, (begin, end, least, most) in enumerate(edges):
        if least > most:
            return False
        # A node in the middle keeps edges between the same nodes apart.
        middle = ("edge", number)
        add(begin, middle, most - least)
        add(middle, end, most - least)
        if least:
            add("source", end, least)
            add(begin, "sink", least)
            needed += least
    return _most_flow(room) == needed


def _most_flow(room: dict[Hashable, dict[Hashable, int]]) -> int:
    total = 0
    while (path := _path(room)) is not None:
        step = min(room[begin][end] for begin, end in path)
        for begin, end in path:
            room[begin][end] -= step
            room[end][begin] += step
        total += step
    return total


def _path(room: dict[Hashable, dict[Hashable, int]]) -> list[tuple[Hashable, Hashable]] | None:
    came_from: dict[Hashable, Hashable] = {"source": "source"}
    waiting = deque(["source"]) if "source" in room else deque()
    while waiting:
        node = waiting.popleft()
        for end, left in room[node].items():
            if left and end not in came_from:
                came_from[end] = node
                waiting.append(end)
    if "sink" not in came_from:
        return None
    path, node = [], "sink"
    while node != "source":
        path.append((came_from[node], node))
        node = came_from[node]
    return path
