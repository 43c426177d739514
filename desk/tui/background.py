"""Slow work in a thread, for whoever waits for what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode

from desk.errors import DeskError

AnswerT = TypeVar("AnswerT")


async def in_background(node: DOMNode, work: Callable[[], AnswerT]) -> AnswerT:
    """Returns what some work comes to that takes its time; the screen stays awake meanwhile.

    What nobody foresaw ends the program: only the app hears of a worker's failure, so it is the
    app's worker, whoever asks for it.

    Args:
        node: the part of the screen that asks for it.
        work: called in a thread.

    Raises:
        DeskError: what the work raises.
    """

    def caught() -> AnswerT | DeskError:
        try:
            return work()
        except DeskError as error:
            return error

    worker = node.app.run_worker(caught, thread=True, group="background", exit_on_error=False)
    answer = await worker.wait()
    if isinstance(answer, DeskError):
        raise answer
    return answer
