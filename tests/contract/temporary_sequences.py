"""A chapter about people who edit without an account: the wiki makes one for them (CONTRACT §6)."""

from tests.contract.chapters import Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.contract_wiki import open_session


@chapter()
def temporary_accounts(stage: Stage) -> None:
    stage.events[127], _ = stage.wiki.make_event()
    browser = open_session()

    def as_visitor(scene: Scene) -> None:
        scene.session = browser
        scene.values["token"] = stage.wiki.csrf(browser)

    stage.play("1244-1245 1247-1252", as_visitor)
    stage.play("1253-1254")
    stage.wiki.control("account", {"user": "~2026-1", "registered": None})
    stage.play("1292")
