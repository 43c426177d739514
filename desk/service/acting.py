"""How anything is done: one transaction, in which the answer and what it changed last together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desk.domain.intents import Intent
from desk.domain.verdict import Code, Step, Verdict
from desk.errors import BusyError, StoreError, UsageError
from desk.i18n import _
from desk.service.officers import kept_out
from desk.storage.failures import IO_FAILURES
from desk.storage.store import Store
from desk.storage.unit import UnitOfWork
from desk.storage.writing import StaleError

_Intent = TypeVar("_Intent", bound=Intent)


class Acting:
    """Does acts on a store, for officers who have shown who they are.

    Args:
        store: where.
        proven: the badges of whoever has; None where nobody is asked.
    """

    def __init__(self, store: Store, proven: set[str] | None) -> None:
        self._store = store
        self._proven = proven

    def act(self, intent: _Intent, do: Callable[[UnitOfWork, _Intent], Verdict]) -> Verdict:
        """Gives the first answer again, or does the act and commits it.

        A commit that the disk failed may have lasted all the same: then the journal, read anew,
        holds the answer.

        Raises:
            UsageError: nobody with that badge is known to the station, or has signed in.
            StoreError: the database cannot be written.
        """
        self.need_proof(intent.by.badge)
        ref = getattr(intent, "ref", None)
        try:
            with self._store.unit() as unit:
                verdict = unit.answer_to(intent.intent_id)
                if verdict is None:
                    verdict = kept_out(unit, intent) or do(unit, intent)
                    unit.commit()
                return verdict
        except BusyError:
            return Verdict(Code.BUSY, ref, next=(Step.TRY_AGAIN,))
        except StaleError:
            return Verdict(Code.STALE, ref, next=(Step.LOOK_AGAIN,))
        except StoreError as error:
            lasting = self._store.answer_to(intent.intent_id) if error.code in IO_FAILURES else None
            if lasting is None:
                raise
            return lasting

    def need_proof(self, badge: str) -> None:
        """Makes sure that whoever acts has shown who they are, where anybody is asked.

        Raises:
            UsageError: nobody with that badge has signed in.
        """
        if self._proven is not None and badge not in self._proven:
            raise UsageError(
                "not_signed_in",
                _("Nobody with the badge {badge} has signed in at this desk.").format(badge=badge),
                _("Sign in first."),
            )
