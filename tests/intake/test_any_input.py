"""Whatever a file holds: a plan or a refusal, and never another exception."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.domain.drafts import ImportPlan
from desk.intake.intake import report
from tests.hostile import HOSTILE
from tests.intake.making import HEADER, SAMPLES, a_file, the_plan

ANY_CELL = (
    st.sampled_from([*HOSTILE, "2026-11-23", "09:00", "01:30", "2026-11-01", "Bay 1", "true", '"'])
    | st.text(max_size=20)
    | st.dates().map(str)
    | st.times().map(str)
)
SAMPLE_NAMES = sorted(path.name for path in SAMPLES.iterdir())

on_any_input = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def is_sound(planned: ImportPlan) -> None:
    """Every row is in one list, every rejection is whole, and all of it can be printed."""
    for draft in planned.new + planned.cancelled_before:
        assert draft.giver.name or draft.receiver.name
        assert draft.starts_at < draft.ends_at
        assert draft.starts_at.offset == draft.ends_at.offset == 0
    for rejection in planned.rejections:
        assert rejection.code
        assert rejection.reason
        assert rejection.remedy
    printed = json.dumps(report(planned, 0), ensure_ascii=False)
    assert not any(ord(character) < 32 or ord(character) == 127 for character in printed)
    printed.encode()


@on_any_input
@given(data=st.binary(max_size=2000))
def test_bytes(tmp_path: Path, data: bytes) -> None:
    is_sound(the_plan(a_file(tmp_path, data)))


@on_any_input
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
def test_text_under_a_header(tmp_path: Path, text: str) -> None:
    is_sound(the_plan(a_file(tmp_path, f"{HEADER}\n{text}")))


@on_any_input
@given(rows=st.lists(st.lists(ANY_CELL, min_size=6, max_size=6), max_size=8))
def test_rows_of_any_cells(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    data = "\n".join([HEADER, *lines]).encode("utf-8", "surrogatepass")
    is_sound(the_plan(a_file(tmp_path, data)))


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@settings(on_any_input, max_examples=25)
@given(draw=st.data())
def test_damaged_samples(tmp_path: Path, name: str, draw: st.DataObject) -> None:
    data = bytearray((SAMPLES / name).read_bytes())
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, len(data) - 1))
        length = draw.draw(st.sampled_from([0, 1, 40]))
        data[place : place + length] = draw.draw(st.binary(max_size=3) | st.just(b'"'))
        if not data:
            break
    is_sound(the_plan(a_file(tmp_path, bytes(data))))
