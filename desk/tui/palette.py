"""The command palette: the same table of commands, found by name."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from desk.tui.commands import Command
from desk.tui.screens.board.screen import BoardScreen


class CommandProvider(Provider):
    """Offers every command of the board."""

    async def discover(self) -> Hits:
        """Lists all commands while nothing is typed."""
        for board, command in self._commands():
            yield DiscoveryHit(
                command.label(), partial(board.action_command, command.id), help=command.help()
            )

    async def search(self, query: str) -> Hits:
        """Lists the commands that match."""
        matcher = self.matcher(query)
        for board, command in self._commands():
            score = matcher.match(f"{command.label()} {' '.join(command.words)}")
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.label()),
                    partial(board.action_command, command.id),
                    help=command.help(),
                )

    def _commands(self) -> list[tuple[BoardScreen, Command]]:
        board = self.screen
        if not isinstance(board, BoardScreen):
            return []
        return [(board, command) for command in board.commands]
