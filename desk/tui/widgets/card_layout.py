"""The card's two forms, as lines: five below the board, or a column at its right."""

from __future__ import annotations

from collections.abc import Iterable

from desk import text
from desk.i18n import _
from desk.tui.present import (
    CardPicture,
    Line,
    Offer,
    PartyBlock,
    Piece,
    TimelineLine,
    Tone,
    cells,
    chip,
    fitted,
    wrapped,
)

_LEAST_NAME = 12
_LEAST_WORDS = 12
_WIDEST_ROLE = 8
_MOST_LINES = 3


def narrow_card(card: CardPicture, width: int) -> tuple[Line, ...]:
    """Returns the five lines of the form below the board."""
    room = width - 2
    body = (
        _head_line(card, room),
        *_party_lines(card.parties, room),
        _timeline_line(card.timeline, room),
        _offers_line(card.offers, room),
    )
    return tuple((Piece(" "), *fitted(line, room)) for line in body)


def wide_card(card: CardPicture, width: int, height: int) -> tuple[Line, ...]:
    """Returns the lines of the column at the right; what happened longest ago gives way."""
    room = width - 4
    body: list[Line] = [
        (),
        (Piece(card.ref, Tone.ACCENT), Piece("   "), card.state.piece),
        *_paragraph(Piece(card.item, Tone.STRONG), room),
        *_paragraph(Piece(f" {card.glyphs.separator} ".join(card.about), Tone.DIM), room),
        *(((Piece(f"{card.bay} {card.busy}", Tone.OVERDUE),),) if card.busy else ()),
        (),
    ]
    for block in card.parties:
        body += (*_party_paragraph(block, card, room), ())
    if card.offers:
        body += (*_offer_lines(card.offers, room), ())
    body += _history(card.timeline, room, height - len(body))
    return tuple((Piece("  "), *fitted(line, room)) for line in body)


def _head_line(card: CardPicture, room: int) -> Line:
    ref, state = Piece(card.ref, Tone.ACCENT), card.state.piece
    where = f" {card.glyphs.separator} {card.bay}"
    busy = Piece(f" {card.busy}" if card.busy else "", Tone.OVERDUE)
    spare = room - ref.cells - state.cells - text.width(where) - busy.cells - 4
    item = card.item if text.width(card.item) <= spare else text.fit(card.item, spare).rstrip()
    return (ref, Piece(f" {item}{where}", Tone.STRONG), busy, Piece("   "), state)


def _party_lines(blocks: tuple[PartyBlock, PartyBlock], room: int) -> tuple[Line, ...]:
    role_cells = max(text.width(block.role) for block in blocks)
    presence_cells = max(block.presence.cells for block in blocks)
    spare = max(room - role_cells - presence_cells - 3, _LEAST_NAME)
    name_cells = min(max(block.name.cells for block in blocks), spare)
    return tuple(_party_line(block, role_cells, name_cells, room) for block in blocks)


def _party_line(block: PartyBlock, role_cells: int, name_cells: int, room: int) -> Line:
    role = Piece(text.fit(block.role, role_cells) + " ", Tone.DIM)
    name = block.name._replace(text=text.fit(block.name.text, name_cells))
    line: Line = (role, name, Piece("  "), block.presence)
    for words in (*_earlier(block), *block.contacts):
        longer = (*line, Piece(f"  {words}", Tone.DIM))
        if cells(longer) <= room:
            line = longer
    return line


def _earlier(block: PartyBlock) -> tuple[str, ...]:
    if not block.earlier:
        return ()
    return (_("earlier {visits}").format(visits=", ".join(block.earlier)),)


def _timeline_line(timeline: Iterable[TimelineLine], room: int) -> Line:
    line: Line = ()
    for each in timeline:
        lead = Piece(f"{'  ' if line else ''}{each.when} ", Tone.DIM)
        words = " ".join(filter(None, (each.brief, each.badge)))
        longer = (*line, lead, Piece(words, each.tone))
        if cells(longer) > room - (0 if line else _LEAST_WORDS):
            if room - cells((*line, lead)) >= _LEAST_WORDS:
                line = fitted(longer, room)
            break
        line = longer
    return line


def _offers_line(offers: Iterable[Offer], room: int) -> Line:
    line: Line = ()
    for offer in offers:
        gap = Piece("   " if line else "")
        longer = (
            *line,
            gap,
            chip(offer.key, _chip_tone(offer)),
            Piece(f" {offer.words}", offer.tone),
        )
        if line and cells(longer) > room:
            break
        line = longer
    return line


def _chip_tone(offer: Offer) -> Tone:
    """Only the likeliest offer's key stands out; a proposal must not look like the way to go."""
    return Tone.ACCENT if offer.tone is Tone.ACCENT else Tone.DIM


def _paragraph(piece: Piece, room: int) -> tuple[Line, ...]:
    return tuple((piece._replace(text=line),) for line in wrapped(piece.text, room, _MOST_LINES))


def _hanging(piece: Piece, room: int) -> tuple[Line, ...]:
    """Returns words that a glyph stands before, the further lines beside the glyph's."""
    glyph, _space, words = piece.text.partition(" ")
    lines = wrapped(words, room - text.width(glyph) - 1, _MOST_LINES)
    beside = (glyph, *(" " * text.width(glyph) for _line in lines[1:]))
    return tuple(
        (piece._replace(text=f"{start} {line}"),) for start, line in zip(beside, lines, strict=True)
    )


def _party_paragraph(block: PartyBlock, card: CardPicture, room: int) -> tuple[Line, ...]:
    role_cells = max(text.width(each.role) for each in card.parties)
    beside = role_cells <= _WIDEST_ROLE
    indent = role_cells + 2 if beside else 2
    more = [Piece(words, Tone.DIM) for words in (*_earlier(block), *block.contacts)]
    lines = [
        *_paragraph(block.name, room - indent),
        *_hanging(block.presence, room - indent),
        *(line for piece in more for line in _paragraph(piece, room - indent)),
    ]
    role = Piece(text.fit(block.role, max(indent, text.width(block.role))), Tone.DIM)
    blank = Piece(" " * indent)
    if not beside:
        return ((role,), *((blank, *line) for line in lines))
    return ((role, *lines[0]), *((blank, *line) for line in lines[1:]))


def _offer_lines(offers: tuple[Offer, ...], room: int) -> tuple[Line, ...]:
    key_cells = max(text.width(offer.key) for offer in offers)
    lines: list[Line] = []
    for offer in offers:
        key = chip(text.fit(offer.key, key_cells), _chip_tone(offer))
        words = _paragraph(Piece(offer.words, offer.tone), room - key.cells - 1)
        for n, line in enumerate(words):
            lines.append((Piece(" " * key.cells) if n else key, Piece(" "), *line))
    return tuple(lines)


def _history(timeline: tuple[TimelineLine, ...], room: int, height: int) -> list[Line]:
    """Returns what happened, newest first, and how many older ones there was no room for."""
    when_cells = max((text.width(each.when) for each in timeline), default=0)
    lines: list[Line] = []
    for n, each in enumerate(timeline):
        told = _event(each, when_cells, room)
        rest = len(timeline) - n
        if len(lines) + len(told) + (rest > 1) > height:
            lines.append((Piece(_("{n} earlier").format(n=rest), Tone.DIM),))
            break
        lines += told
    return lines


def _event(each: TimelineLine, when_cells: int, room: int) -> tuple[Line, ...]:
    badge = f"  {each.badge}" if each.badge else ""
    indent = when_cells + 2
    words = _paragraph(Piece(each.words + badge, each.tone), room - indent)
    return tuple(
        (Piece(text.fit("" if n else each.when, indent), Tone.DIM), *line)
        for n, line in enumerate(words)
    )
