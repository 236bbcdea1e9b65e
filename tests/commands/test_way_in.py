import pytest

from app.__main__ import main


@pytest.mark.parametrize("arguments", [["--data-dri", "/x"], ["window", "--data-dri", "/x"], ["wndow"]])
def test_a_mistyped_word_opens_no_other_data(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: event-center" in capsys.readouterr().err


def test_help_is_given_for_the_window_too(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["window", "--help"])
    assert ended.value.code == 0
    assert "open the window" in capsys.readouterr().out
