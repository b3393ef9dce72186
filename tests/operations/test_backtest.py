"""`jiaohao backtest` on two small registry offices of Warsaw."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from operations.backtest import backtest
from shared.domain.waits.replay import PREDICTORS

EXCERPT = Path(__file__).parents[1] / "data" / "warsaw_excerpt.csv"
SCORES = {"n", "mae", "median_error", "rmse", "bias", "coverage", "late", "width"}
HALLS = {"USC_Falecka", "USC_Klopotowskiego"}


def run(*arguments: object) -> str:
    result = CliRunner().invoke(backtest, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, dict[str, float]]]:
    told = json.loads(run(EXCERPT, "--json", "--test-from", "2020-01-13"))
    return {"overall": told["overall"], **told["halls"]}


def test_json_has_every_predictor_in_all_and_by_hall(scores: dict[str, dict[str, dict[str, float]]]) -> None:
    assert set(scores) == {"overall", *HALLS}
    for by_predictor in scores.values():
        assert set(by_predictor) == set(PREDICTORS)
        assert all(set(score) == SCORES for score in by_predictor.values())
    assert scores["overall"]["ours"]["n"] == sum(scores[hall]["ours"]["n"] for hall in HALLS) == 723


def test_ours_is_better_and_its_range_is_kept(scores: dict[str, dict[str, dict[str, float]]]) -> None:
    overall = scores["overall"]
    assert overall["ours"]["mae"] < overall["avgc_les"]["mae"] < overall["les"]["mae"]
    assert 0.75 <= overall["ours"]["coverage"] <= 0.85
    assert 0.07 <= overall["ours"]["late"] <= 0.13


def test_tables_plot_and_forecasts_are_written(tmp_path: Path) -> None:
    plot, rows = tmp_path / "scores.png", tmp_path / "forecasts.csv"
    told = run(EXCERPT, "--test-from", "2020-01-22", "--plot", plot, "--forecasts", rows, "--language", "en")
    assert all(hall in told for hall in HALLS)
    assert "avgc_les" in told
    with Image.open(plot) as image:
        assert image.size == (1200, 1380)
        assert len(image.getcolors(maxcolors=100_000) or ()) > 20
    with rows.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert {row["predictor"] for row in written} == set(PREDICTORS)
    assert all(row["issued_at"].startswith("2020-01-22") for row in written)


def test_a_later_day_in_the_file_changes_no_earlier_forecast(tmp_path: Path) -> None:
    lines = EXCERPT.read_text(encoding="utf-8").splitlines(keepends=True)
    past = [line for line in lines if "2020-01-2" not in line]
    planted = [
        f"USC_Falecka,planted,,9{n},2020-01-20T08:{n % 60:02}:00,2020-01-20T15:00:00,,,,9,1\n"
        for n in range(200)
    ]
    told = []
    for name, content in (("honest.csv", past), ("planted.csv", past + planted)):
        (tmp_path / name).write_text("".join(content), encoding="utf-8")
        run(tmp_path / name, "--test-from", "2020-01-17", "--forecasts", tmp_path / f"{name}.out", "--json")
        written = (tmp_path / f"{name}.out").read_text(encoding="utf-8").splitlines()
        told.append([line for line in written if "2020-01-17" in line])
    assert len(told[0]) > 500
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("content", "told"),
    [("hall\nnorth\n", "line 1: no column service"), (None, "cannot be read")],
)
def test_a_bad_file_is_told_plainly(tmp_path: Path, content: str | None, told: str) -> None:
    path = tmp_path / "bad.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(backtest, [str(path)])
    assert result.exit_code == 1
    assert told in result.output


def test_no_day_left_to_score_is_told() -> None:
    result = CliRunner().invoke(backtest, [str(EXCERPT), "--test-from", "2026-01-01", "--language", "en"])
    assert result.exit_code == 1
    assert "choose an earlier --test-from" in result.output
