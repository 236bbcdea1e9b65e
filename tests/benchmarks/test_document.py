"""The benchmarks' document: its structure, not its figures."""

import json
import subprocess

import pytest

from benchmarks.__main__ import main, table
from benchmarks.figures import ROOT, Limit, Row, alternately, command, environment, p95


@pytest.fixture(scope="module")
def document() -> dict[str, object]:
    done = subprocess.run(
        command("benchmarks", "--quick", "--json", "csv", "memory"),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_rows_hold_our_figure_the_baseline_and_the_limit(document: dict[str, object]) -> None:
    rows = {row["name"]: row for row in document["rows"]}
    assert rows.keys() == {"csv", "memory"}
    for row in rows.values():
        assert row["ours"] > 0
        assert row["baseline"] > 0
        assert row["met"] == (row["reached"] <= row["at_most"])
    assert rows["csv"]["limit"] == "ratio"
    assert rows["memory"]["limit"] == "difference"


def test_the_machine_is_described_without_its_name(document: dict[str, object]) -> None:
    assert set(document["machine"]) == {
        "system",
        "architecture",
        "cores",
        "memory_mb",
        "python",
        "pyside",
        "sqlite",
        "sqlcipher_sqlite",
    }


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["startt"])
    assert refused.value.code == 2
    assert "startt" in capsys.readouterr().err


def test_the_table_marks_limits_that_are_not_met() -> None:
    rows = [
        Row("a", "quick", "s", 1.0, 2.0, Limit.RATIO, 1.0, "b"),
        Row("c", "slow", "ms", 60.0, None, Limit.VALUE, 50.0),
        Row("d", "large", "MB", 30.0, 10.0, Limit.DIFFERENCE, 25.0, "e"),
    ]
    first, second, third = table(rows).splitlines()[2:]
    assert first == "| quick | 1 s | 2 s: b | 0.50× | 1.00× | yes |"
    assert second == "| slow | 60 ms | – | 60 ms | 50 ms | **no** |"
    assert third == "| large | 30 MB | 10 MB: e | +20.0 MB | +25.0 MB | yes |"


def test_p95_is_the_figure_that_95_of_100_do_not_exceed() -> None:
    assert p95([float(number) for number in range(1, 101)]) == 95.0
    assert p95([7.0]) == 7.0


def test_measures_alternate_after_a_warm_up_round() -> None:
    calls: list[str] = []

    def measure(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    assert alternately(2, lambda: measure("a"), lambda: measure("b")) == [[3.0, 5.0], [4.0, 6.0]]
    assert calls == ["a", "b"] * 3
