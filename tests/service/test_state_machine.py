"""Anything, in any order, against the real store: what must hold after every step holds.

Nobody here, held or left is absent; ``met`` means that both were here at one moment; every attempt
has its row, and every accepted act its lines; replaying the journal gives the tables; undoing
restores exactly what was before, versions aside; a retry is answered as the first time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desk.domain import intents
from desk.domain.drafts import Change, ImportPlan, TakeIn
from desk.domain.exchange import (
    DisputeCategory,
    Exchange,
    IdCheck,
    Kind,
    Outcome,
    Presence,
    Settlement,
    Side,
)
from desk.domain.intents import By, ExchangeIntent, StillHere, Undo
from desk.domain.lifecycle import refusal
from desk.domain.verdict import Verdict
from tests.builders import DUPONT, a_draft, a_station, an_exchange, moment

TRAN = By("7730", "desk 2")
SIDE = st.sampled_from([None, *Side, *Side])
OFFICERS = st.sampled_from([DUPONT, DUPONT, DUPONT, TRAN])
AGO = st.sampled_from([0, 0, 1, 5, 17, 45])
WORDS = st.sampled_from(["", "x", "a long way"])
FIELDS: dict[type[ExchangeIntent], dict[str, st.SearchStrategy[Any]]] = {
    intents.Arrive: {
        "side": SIDE,
        "id_check": st.none() | st.sampled_from(IdCheck),
        "name": st.none() | st.just("Sam"),
    },
    intents.ArriveAnyway: {"side": SIDE, "reason": WORDS},
    intents.Release: {"side": SIDE},
    intents.Start: {},
    intents.Leave: {"side": SIDE, "observed": st.booleans()},
    intents.Finish: {"still_here": st.sampled_from(StillHere)},
    intents.NotMet: {"still_here": st.sampled_from(StillHere)},
    intents.NoShow: {
        "sides": st.sampled_from([(), (Side.GIVER,), (Side.RECEIVER,), tuple(Side)]),
        "still_here": st.sampled_from(StillHere),
    },
    intents.Cancel: {"still_here": st.sampled_from(StillHere)},
    intents.Reopen: {"reason": WORDS},
    intents.MoveToNow: {},
    intents.Swap: {},
    intents.Note: {"text": WORDS},
    intents.Expect: {
        "side": SIDE,
        "comes_at": st.sampled_from([moment("14:50"), moment("16:00")]),
    },
    intents.OpenDispute: {"category": st.sampled_from(DisputeCategory), "text": WORDS},
    intents.Settle: {"settlement": st.sampled_from(Settlement), "text": WORDS},
}
SAID = {"reason": st.just("a long way"), "text": st.just("said")}


def apart_from_version(exchange: Exchange | None) -> Exchange | None:
    return None if exchange is None else replace(exchange, version=0)


class StationMachine(RuleBasedStateMachine):
    """Two officers at two desks, and a few exchanges."""

    @initialize()
    def found(self) -> None:
        self.folder = TemporaryDirectory()
        self.station = a_station(Path(self.folder.name))
        self.service = self.station.service
        self.service.sign_on(TRAN.badge, "Tran")
        self.refs: list[str] = []
        self.exchanges: dict[str, Exchange] = {}
        self.before: dict[int, dict[str, Exchange | None]] = {}
        self.versions: dict[str, int] = {}
        self.asked: list[tuple[Callable[[], Verdict], Verdict]] = []
        self.rows = len(self.service.journal())
        self.imports = 0
        first = (
            a_draft(an_exchange().with_sides_assumed()),
            a_draft(an_exchange().at("14:40").of_kind(Kind.CUSTODY), item=""),
            a_draft(an_exchange().at("18:00").between("Marie Dupont", None), bay=None),
        )
        self.take_in(ImportPlan(("first.csv",), new=first))
        for side in Side:
            both = intents.Arrive(by=DUPONT, ref=self.refs[0], side=side)
            self.ask(partial(self.service.perform, both))

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.service.close()
            self.folder.cleanup()

    # What may be done

    @rule(data=st.data(), made=st.sampled_from([*FIELDS]), by=OFFICERS, ago=AGO)
    def try_anything(self, data: st.DataObject, made: Any, by: By, ago: int) -> None:
        ref = data.draw(st.sampled_from(self.refs))
        fields = {name: data.draw(values) for name, values in FIELDS[made].items()}
        at = self.station.clock.now().subtract(minutes=ago) if ago else None
        seen = data.draw(st.sampled_from([None, None, self.versions[ref], 1]))
        intent: ExchangeIntent = made(by=by, ref=ref, at=at, seen_version=seen, **fields)
        self.ask(lambda: self.service.perform(intent))

    @precondition(lambda self: self.exchanges)
    @rule(data=st.data(), by=OFFICERS)
    def do_what_fits(self, data: st.DataObject, by: By) -> None:
        """Goes on from where things are, or chance would hardly ever come to a meeting."""
        exchange = data.draw(st.sampled_from(list(self.exchanges.values())))
        made, side = data.draw(
            st.sampled_from(
                [
                    (made, side)
                    for made in FIELDS
                    for side in (Side if "side" in FIELDS[made] else [None])
                    if refusal(exchange, made.verb, side) is None
                ]
            )
        )
        fields = {
            name: data.draw(values)
            for name, values in (FIELDS[made] | SAID).items()
            if name in FIELDS[made]
        }
        if side is not None:
            fields["side"] = side
        intent: Any = made
        said = intent(by=by, ref=exchange.ref, seen_version=exchange.version, **fields)
        self.ask(lambda: self.service.perform(said))

    @rule(data=st.data(), by=OFFICERS)
    def undo(self, data: st.DataObject, by: By) -> None:
        ref = data.draw(st.none() | st.sampled_from(self.refs))
        walked = [each.act.number for each in self.service.undoable(by, ref)]
        number = data.draw(st.sampled_from([None, None, *walked]))
        intent = Undo(by=by, ref=None if number else ref, number=number)
        if not self.ask(lambda: self.service.undo(intent)).accepted:
            return
        undone = self.service.journal()[-1].undoes
        assert undone is not None
        assert number in (None, undone)
        for touched, was in self.before[undone].items():
            now = self.exchanges.get(touched)
            assert apart_from_version(now) == apart_from_version(was)

    @rule(minutes=st.integers(1, 25))
    def wait(self, minutes: int) -> None:
        self.station.clock.advance(minutes=minutes)

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def ask_again(self, data: st.DataObject) -> None:
        again, first = data.draw(st.sampled_from(self.asked))
        assert again() == first
        assert self.look() == self.exchanges

    @precondition(lambda self: self.imports < 3)
    @rule(number=st.integers(1, 4), data=st.data())
    def take_a_file_in(self, number: int, data: st.DataObject) -> None:
        self.imports += 1
        open_ones = [each for each in self.exchanges.values() if each.outcome is Outcome.NONE]
        new = a_draft(an_exchange().from_file("calendly", f"id-{number}"), item=f"thing {number}")
        changes = [
            Change(a_draft(item=f"changed {number}"), each, ("item", "giver.phone"))
            for each in open_ones[:1]
        ]
        cancelled = [
            Change(a_draft(cancelled=True), each, ("cancelled",)) for each in open_ones[1:2]
        ]
        some = data.draw(st.sets(st.sampled_from(["new", "changed", "cancelled"])))
        self.take_in(
            ImportPlan(
                ("more.csv",),
                new=(new,) if "new" in some else (),
                changed=tuple(changes) if "changed" in some else (),
                cancelled=tuple(cancelled) if "cancelled" in some else (),
            )
        )

    # What must hold

    @invariant()
    def nobody_who_came_is_absent_and_met_means_that_they_met(self) -> None:
        for exchange in self.exchanges.values():
            for party in exchange.parties:
                assert party.presence is not Presence.ABSENT or party.visits == ()
                assert bool(party.visits) == (
                    party.presence not in (Presence.EXPECTED, Presence.ABSENT)
                )
                is_open = bool(party.visits) and party.visits[-1].is_open
                assert is_open == party.presence.in_the_building
            assert exchange.outcome is not Outcome.MET or exchange.met
            in_the_bay = exchange.outcome is Outcome.NONE and exchange.started_at is not None
            assert not in_the_bay or exchange.sides_with(Presence.HERE) == tuple(Side)

    @invariant()
    def replaying_the_journal_gives_the_tables(self) -> None:
        found = self.service.verify()
        assert found.ok, found.findings
        assert found.rows == self.rows

    @invariant()
    def versions_only_rise(self) -> None:
        for ref, exchange in self.exchanges.items():
            assert exchange.version >= self.versions.get(ref, 1)
            self.versions[ref] = exchange.version

    # How it is asked

    def look(self) -> dict[str, Exchange]:
        """Returns what is stored of every exchange that there still is."""
        found = {ref: self.service.exchange(ref) for ref in self.refs}
        return {ref: exchange for ref, exchange in found.items() if exchange is not None}

    def take_in(self, plan: ImportPlan) -> None:
        intent = TakeIn(by=DUPONT, plan=plan)
        self.ask(lambda: self.service.take_in(intent))

    def ask(self, how: Callable[[], Verdict]) -> Verdict:
        """Asks once, and holds the answer to the journal: one row, and a line per exchange."""
        verdict = how()
        self.rows += 1
        row = self.service.journal()[-1]
        assert (row.number, row.accepted, row.code) == (
            verdict.number,
            verdict.accepted,
            verdict.code,
        )
        self.asked.append((how, verdict))
        touched = set(row.refs) if verdict.accepted else set()
        self.refs = list(dict.fromkeys([*self.refs, *sorted(touched)]))
        before, self.exchanges = self.exchanges, self.look()
        self.before[row.number] = {ref: before.get(ref) for ref in touched}
        changed = {ref for ref in self.refs if self.exchanges.get(ref) != before.get(ref)}
        assert changed <= touched
        return verdict


def test_what_must_hold_holds_after_anything_in_any_order() -> None:
    run_state_machine_as_test(
        StationMachine,
        settings=settings(max_examples=12, stateful_step_count=20),
    )
