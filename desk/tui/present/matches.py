"""What was found, as rows: one for each party that matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk import text
from desk.domain.exchange import Exchange, Kind, Party, Side
from desk.domain.finding import Match
from desk.domain.searchable import Field
from desk.domain.views import Board
from desk.i18n import _
from desk.tui.present.days import day_or_time
from desk.tui.present.parties import full_name
from desk.tui.present.rows import BoardPicture, Key, MatchRow
from desk.tui.present.scene import Scene
from desk.tui.present.state import is_closed, somebody_here, state
from desk.tui.present.tones import Line, Piece, Tone
from desk.wording import role, short_role


def matches_picture(
    whole: BoardPicture, matches: Sequence[Match], board: Board, scene: Scene
) -> BoardPicture:
    """Returns what is drawn of what was found on that day, in the order in which it was found.

    Args:
        whole: the day's own picture; counts and bays stay what they are there.
        matches: what was found.
        board: that day.
        scene: that moment.
    """
    known = {exchange.ref: exchange for exchange in board.exchanges}
    rows = tuple(
        match_row(match, known[match.ref], board, scene) for match in matches if match.ref in known
    )
    return replace(whole, rows=rows, start=rows[0].key if rows else None, found=True)


def match_row(match: Match, exchange: Exchange, board: Board, scene: Scene) -> MatchRow:
    """Returns the row of one match."""
    stage = scene.stage(exchange)
    return MatchRow(
        key=Key(match.ref, match.side),
        time=day_or_time(exchange.starts_at, board.day, scene.zone),
        state=state(exchange, stage, scene),
        role=_role(match, exchange, scene),
        name=_name(match, exchange, scene),
        what=_what(match),
        stepped_back=is_closed(stage) and not somebody_here(exchange),
    )


def nameless_row(exchange: Exchange, side: Side, board: Board, scene: Scene) -> MatchRow:
    """Returns the row of a party that may be anybody: with whom it is to meet, and about what."""
    met = match_row(Match(exchange.ref, side, Field.NAME, "", ()), exchange, board, scene)
    other = exchange.party(side.other)
    item = text.safe(exchange.item).strip()
    return replace(
        met,
        name=(Piece(_("with {name}").format(name=_said(exchange, other))),),
        what=(Piece(item, Tone.DIM),) if item else (),
    )


def _role(match: Match, exchange: Exchange, scene: Scene) -> str:
    """Returns the party's role, with a question mark where a file left the side open."""
    if match.side is None:
        return scene.glyphs.none
    mark = "?" if exchange.party(match.side).assumed else ""
    return f"{short_role(exchange.kind, match.side)}{mark}"


def _name(match: Match, exchange: Exchange, scene: Scene) -> Line:
    """Returns the party's whole name; both in short, where the hit is about the exchange.

    Custody shows a name only to who has typed it.
    """
    if match.field is Field.NAME:
        return marked(match)
    if match.side is not None:
        return (Piece(_said(exchange, exchange.party(match.side))),)
    both = (_said_in_short(exchange, party) for party in exchange.parties)
    return (Piece(f" {scene.glyphs.separator} ".join(both)),)


def _said(exchange: Exchange, party: Party) -> str:
    return role(exchange.kind, party.side) if exchange.kind is Kind.CUSTODY else full_name(party)


def _said_in_short(exchange: Exchange, party: Party) -> str:
    said = _said(exchange, party)
    named = exchange.kind is not Kind.CUSTODY and party.name
    return text.initial_and_surname(said) if named else said


def _what(match: Match) -> Line:
    labels = {
        Field.ITEM: _("what"),
        Field.PLATE: _("plate"),
        Field.PHONE: _("phone"),
        Field.EMAIL: _("email"),
    }
    if match.field not in labels:
        return ()
    return (Piece(f"{labels[match.field]}: ", Tone.DIM), *marked(match))


def marked(match: Match) -> Line:
    """Returns the text that was hit, the hits marked."""
    pieces: list[Piece] = []
    at = 0
    for start, end in match.spans:
        pieces += (Piece(match.text[at:start]), Piece(match.text[start:end], Tone.MARK))
        at = end
    pieces.append(Piece(match.text[at:]))
    # Made safe piece by piece, because a span counts the characters of the text as it is stored.
    return tuple(piece._replace(text=text.safe(piece.text)) for piece in pieces if piece.text)
