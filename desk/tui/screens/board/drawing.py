"""Hands the board's widgets what they draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from desk.clock import elapsed
from desk.domain.views import TimelineEntry
from desk.i18n import _
from desk.text import safe
from desk.tui.offers import card_offers
from desk.tui.paint import tone_style
from desk.tui.present import (
    BoardPicture,
    Scene,
    Tone,
    card,
    day_title,
    matches_picture,
    picture,
    short_day,
)
from desk.tui.widgets.bay_strip import BayStrip
from desk.tui.widgets.board_table import BoardTable
from desk.tui.widgets.card import Card
from desk.tui.widgets.command_bar import CommandBar
from desk.tui.widgets.counts_line import CountsLine
from desk.tui.widgets.title_bar import TitleBar
from desk.tui.widgets.words import Words
from desk.wording import clock_time

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

_READ_AFTER = 10.0
"""Seconds that words stay in the line under the field before a quieter thing takes it."""


def minute_of(scene: Scene) -> tuple[int, bool]:
    """Returns what has to change before a picture does, as long as nothing is done."""
    return int(scene.now.timestamp() // 60), scene.moment.set_back


class Drawing:
    """Draws the board from what its screen knows; a widget repaints only what has changed."""

    def __init__(self, screen: BoardScreen) -> None:
        self._screen = screen
        self._said = ("", Tone.PLAIN)
        self._was_read = True
        self._picture: BoardPicture | None = None
        self._made_for: tuple[object, ...] = ()

    def board(self) -> None:
        """Draws everything that moves with the clock."""
        screen = self._screen
        if not screen.ready:
            return
        scene = screen.scene
        drawn = self._whole(scene)
        screen.query_one(CountsLine).show(drawn.counts)
        screen.query_one(BayStrip).show(drawn.bays, scene.glyphs)
        if screen.search.active:
            known = replace(screen.shown, exchanges=(*screen.exchanges, *screen.search.elsewhere))
            drawn = matches_picture(drawn, screen.search.matches, known, scene)
        screen.query_one(BoardTable).show(drawn, empty=self._empty_words())
        self.title()
        self.card()
        self.commands()
        self._say()
        screen.plans.drawn.publish(None)

    def _whole(self, scene: Scene) -> BoardPicture:
        """Returns the day's picture; worked out once a minute, and not with every key."""
        screen = self._screen
        kept, unfolded = screen.table.cursor_ref, screen.unfolded
        made_for = (screen.shown, minute_of(scene), unfolded, kept)
        if self._picture is None or self._made_for != made_for:
            self._picture = picture(screen.shown, scene, unfolded=unfolded, kept=kept)
            self._made_for = made_for
        return self._picture

    def _empty_words(self) -> str:
        if self._screen.search.wants_more:
            return _("Type a name, reference, plate, phone or item. Esc clears the field.")
        if self._screen.search.active:
            return _("Nobody and nothing matches. Esc clears the field.")
        return _("No exchanges on this day. /import takes in a booking file. F6 books a walk-in.")

    def title(self) -> None:
        """Draws the top line."""
        screen = self._screen
        subtitle = _("exchange desk")
        if screen.connected:
            scene = screen.scene
            screen.set_class(screen.day != scene.today, "-other-day")
            screen.query_one(TitleBar).show(
                self._name(scene.station.name),
                subtitle,
                day_title(screen.day, scene.today),
                clock_time(scene.now, scene.zone),
                self._who(),
                other_day=screen.day != scene.today,
            )
            return
        now = screen.launch.clock.now().in_timezone(screen.launch.timezone)
        day = short_day(now.date())
        screen.query_one(TitleBar).show(
            self._name(screen.launch.title),
            subtitle,
            (day, day),
            now.strftime("%H:%M"),
            self._who(),
            other_day=False,
        )

    def _name(self, station: str) -> str:
        """Returns what the station is called; practice says so first, however narrow it is."""
        if not self._screen.launch.practice:
            return station
        return _("practice · {station}").format(station=station)

    def _who(self) -> list[str]:
        screen = self._screen
        parts = [part for part in (screen.by.badge, screen.by.desk) if part]
        if screen.clerk.parked:
            parts.insert(0, _("{n} parked").format(n=len(screen.clerk.parked)))
        if screen.overlay.waiting_scan is not None:
            parts.insert(0, _("1 scan waiting"))
        return parts

    def card(self) -> None:
        """Draws the exchange under the cursor."""
        screen = self._screen
        exchange = screen.highlighted
        shown = screen.query_one(Card)
        if exchange is None:
            shown.show(None)
            return
        entries: tuple[TimelineEntry, ...] = ()
        if screen.timeline is not None and screen.timeline[0] == exchange.ref:
            entries = screen.timeline[1]
        scene = screen.scene
        offers = card_offers(exchange, screen.side_found(), scene, screen.keys)
        shown.show(card(exchange, entries, offers, scene, screen.exchanges))

    def commands(self) -> None:
        """Draws the footer."""
        screen = self._screen
        exchange = screen.highlighted if screen.ready else None
        screen.query_one(CommandBar).show(
            tuple(
                (command.key_shown, command.label(), command.enabled(exchange))
                for command in screen.commands
                if command.in_footer
            )
        )

    def notice(self, words: str, tone: Tone) -> None:
        """Draws a sentence in the line under the field."""
        self._said, self._said_at, self._was_read = (words, tone), elapsed(), False
        self._say()

    @property
    def said(self) -> str:
        """What stands in that line."""
        return self._said[0]

    @property
    def line_is_free(self) -> bool:
        """Whether that line says nothing, or what somebody has seen and gone on since."""
        return not self.said or (self._was_read and elapsed() - self._said_at > _READ_AFTER)

    def key_pressed(self) -> None:
        """Remembers that somebody who saw what was said has gone on."""
        self._was_read = True

    def _say(self) -> None:
        words, tone = self._said
        screen = self._screen
        if not words and screen.ready and screen.scene.moment.set_back:
            words = _("The clock is behind the record, so no no-show is proposed. Check it.")
            tone = Tone.LATE
        elif not words and screen.backing_up.worry:
            words, tone = screen.backing_up.worry, Tone.LATE
        line = Content.styled(safe(words), tone_style(tone))
        screen.query_one("#notice", Words).update(line)
