"""Chapters around events: goals, countries, their fields (CONTRACT §6)."""

from chapters import Stage, chapter


@chapter()
def goals_and_countries(stage: Stage) -> None:
    stage.wiki.make_page("Event:Rec Goals")
    stage.wiki.make_page("Event:Rec Country")
    stage.events[134] = stage.play("975-1003").json()["id"]
    stage.play("1004-1011")
    stage.wiki.control("countries", {"not_counted": ["KE"]})
    stage.events[135] = stage.play("1012-1015").json()["id"]
    stage.play("1016-1017")
