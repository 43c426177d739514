"""The slip of one party on the screen: to be read out, copied, scanned from it, or printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from desk.domain.exchange import Exchange, Side
from desk.domain.reference import Slip
from desk.errors import DeskError
from desk.i18n import _
from desk.out.slip import PrintedSlip
from desk.tui.commands import OWN_KEY, OWN_KEYS, key_name
from desk.tui.launch import Printer
from desk.tui.screens.sheet import Sheet


@dataclass
class _Made(Message):
    """The slip is made, with its QR code as lines."""

    slip: PrintedSlip
    code: tuple[str, ...]


@dataclass
class _Told(Message):
    """A file was written, or something could not be done."""

    words: str


class SlipSheet(Sheet[None]):
    """Shows a slip.

    Args:
        exchange: whose.
        side: for which party.
        printer: returns what makes it; called in a worker.
        signs: whether the terminal can draw the QR code.
    """

    CSS_PATH = "slip_sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "copy", show=False),
        Binding(",".join(OWN_KEYS), "write", show=False),
        Binding("enter", "put_away", show=False),
    ]

    def __init__(
        self, exchange: Exchange, side: Side, printer: Callable[[], Printer], *, signs: bool
    ) -> None:
        super().__init__()
        self._exchange = exchange
        self._side = side
        self._printer = printer
        self._signs = signs
        self._slip: PrintedSlip | None = None

    @property
    def ref(self) -> str:
        """The exchange that the slip is about."""
        return self._exchange.ref

    @property
    def code(self) -> str:
        """The reference with its side."""
        return Slip(self.ref, self._side).text

    def compose(self) -> ComposeResult:
        """Lays the QR code beside the words."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Slip {code}").format(code=self.code)), classes="sheet-title")
            with Horizontal(id="slip"):
                yield Static("", id="code", markup=False)
                yield Static("", id="words", markup=False)
            yield Static("", classes="answer", markup=False)
            keys = _("Ctrl+Y copies {code} · {key} writes a PDF · Esc goes back")
            yield Static(
                Content(keys.format(code=self.code, key=key_name(OWN_KEY))), classes="sheet-keys"
            )

    def on_mount(self) -> None:
        """Has the slip made."""
        self._make()

    @work(thread=True, group="slip", exit_on_error=False)
    def _make(self) -> None:
        printer = self._printer()
        slip = printer.slip(self._exchange, self._side)
        self.post_message(_Made(slip, printer.code(slip) if self._signs else ()))

    @on(_Made)
    def _show(self, message: _Made) -> None:
        slip = self._slip = message.slip
        code = self.query_one("#code", Static)
        code.display = bool(message.code)
        code.update(Content("\n".join(message.code)))
        head = (
            f"{slip.station} · {slip.role} · {slip.kind}",
            slip.day,
            f"{slip.time} · {slip.place}",
            slip.remark,
        )
        rules = (f"– {rule}" for rule in slip.rules)
        words = ("\n".join(filter(None, head)), "\n".join(rules))
        self.query_one("#words", Static).update(Content("\n\n".join(words)))

    def action_copy(self) -> None:
        """Copies the reference with its side to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.code)
        self.say(_("{code} is on the clipboard.").format(code=self.code))

    def action_write(self) -> None:
        """Writes the slip as a PDF into the exports."""
        if self._slip is not None:
            self._write(self._slip)

    @work(thread=True, exclusive=True, group="slip", exit_on_error=False)
    def _write(self, slip: PrintedSlip) -> None:
        try:
            words = _written(self._printer().write_slip(slip))
        except DeskError as error:
            words = " ".join(filter(None, (error.explanation, error.next)))
        self.post_message(_Told(words))

    @on(_Told)
    def _tell(self, message: _Told) -> None:
        self.say(message.words)


def _written(file: Path) -> str:
    return _("Written: {file}").format(file=file)
