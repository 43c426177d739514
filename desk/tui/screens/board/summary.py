"""The head of a sheet: the booking and both parties, to compare with the ID."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from desk.domain.exchange import Exchange
from desk.text import fit, width
from desk.tui.paint import tone_style
from desk.tui.present.card import card
from desk.tui.present.scene import Scene
from desk.tui.present.tones import Tone
from desk.wording import day_and_time


def summary(exchange: Exchange, scene: Scene, others: Sequence[Exchange] = ()) -> Content:
    """Returns the lines of the head of a sheet; one of the others may still be in its bay."""
    return Content("\n").join(_lines(exchange, scene, others))


def _lines(exchange: Exchange, scene: Scene, others: Sequence[Exchange]) -> Iterator[Content]:
    picture = card(exchange, (), (), scene, others)
    yield Content.assemble(
        (picture.ref, "bold"),
        f"  {day_and_time(exchange.starts_at, scene.zone)}   ",
        (f"{picture.state.glyph} {picture.state.words}", tone_style(picture.state.tone)),
    )
    yield Content(" · ".join(filter(None, (picture.item, picture.kind, picture.bay))))
    if picture.busy:
        yield Content.styled(f"{picture.bay} {picture.busy}", tone_style(Tone.OVERDUE))
    widest = max(width(block.role) for block in picture.parties)
    for block in picture.parties:
        yield Content.assemble(
            (fit(block.role, widest + 2), tone_style(Tone.DIM)),
            (block.name.text, "bold"),
            "  ",
            (block.presence.text, tone_style(block.presence.tone)),
        )
        contacts = "  ".join(block.contacts)
        if contacts:
            yield Content.styled(f"{'':<{widest + 2}}{contacts}", tone_style(Tone.DIM))
