import threading

from app.domain.wording import people_texts
from app.models.workspace import Workspace
from app.store.accounts.accounts import save_question_labels
from tests.support.window_kit import add_account


def test_concurrent_threads_share_one_connection(workspace: Workspace) -> None:
    start, found = threading.Barrier(4), []

    def ask() -> None:
        start.wait()
        found.append(workspace.wikis())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1


def test_an_unknown_question_has_the_wikis_label(workspace: Workspace) -> None:
    key = add_account(workspace)
    workspace.mirror.writer.do(save_question_labels, key, {7: "How did you hear of us?\u202e"})
    assert workspace.question_label(key, 7) == "How did you hear of us?"
    assert workspace.question_label(key, 4) == people_texts.question_label(4)
    assert workspace.question_label(key, 8) == "Question 8"
