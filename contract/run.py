"""Drives the plan against a target: asks, judges, tells the listeners."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from contract import doorway, gate
from contract.checks import PASSIVE, RELATIONAL
from contract.checks.evidence import Evidence
from contract.checks.say import TOO_MANY
from contract.checks.transport import SLOW_MS
from contract.errors import Refused, TargetError, Unreachable
from contract.events import Answered, Finished, Started, Waiting
from contract.model import Answer, Auth, Judgement, Quota
from contract.pace import LIVE_RESERVE, OutOfBudgetError, Pace
from contract.plan import stages
from contract.plan.board import Board
from contract.plan.queries import AGAIN
from contract.target import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from contract.events import Event, Listener
    from contract.ledger import Entry
    from contract.model import Case, Result, Window
    from contract.oracle import Row
    from contract.plan.board import Stage
    from contract.target import Connection
    from contract.waivers import Waiver

_SLOW_ANSWERS = 3
_UNAUTHORIZED = 401


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller chose. `budget` and `max_wait_seconds` are hard; None is no bound."""

    window: Window
    ledger: Mapping[str, Entry]
    seed: int = 1
    budget: int | None = None
    max_wait_seconds: float = 130
    exhaust: bool = False
    golden: Mapping[str, Row] = field(default_factory=dict)
    waivers: Sequence[Waiver] = ()
    today: date = date.max
    #: Judges more once the plan is through, with what is left of the budget: Schemathesis.
    deeper: Callable[[Connection, Pace], Iterable[tuple[Judgement, Case]]] | None = None


class Run:
    """One run against one target; `drive` it once."""

    def __init__(self, connection: Connection, options: Options, listeners: Sequence[Listener] = ()) -> None:
        self._connection = connection
        self._options = options
        self._listeners = listeners
        self._redact = connection.redactor
        target = connection.target
        reserve = None if target.exclusive else LIVE_RESERVE if target.live else 0
        self._pace = Pace(options.budget, reserve, options.max_wait_seconds)
        self._answers: list[Answer] = []
        self._judgements: list[tuple[Judgement, Case]] = []
        #: The judgement on a request that got no answer, until the target shows that it is alive.
        self._lost: list[tuple[Judgement, Case]] = []
        self._slow = 0
        self._board = Board(
            options.window,
            Random(options.seed),  # noqa: S311 - repeatable on purpose
            forbidden=Auth.FORBIDDEN in connection.credentials.tokens,
            forbidden_is_sure=connection.credentials.forbidden_is_sure,
        )

    def drive(self) -> Result:
        """Runs to the end, to the budget, or to what stops it; always ends with a Result."""
        started = self._connection.now()
        stop: BaseException | None = None
        self._tell(
            Started(self._connection.target, self._options.window, self._options.seed, self._planned())
        )
        try:
            self._stages()
        except (OutOfBudgetError, TargetError, KeyboardInterrupt, _SlowError) as reason:
            stop = reason
        self._compare()
        result = gate.result(
            gate.Outcome(
                self._connection.target,
                self._options,
                self._answers,
                self._judgements,
                stop,
                requests=self._pace.sent,
                elapsed_seconds=self._connection.now() - started,
            )
        )
        result = self._redact(result)
        self._tell(Finished(result))
        return result

    def _planned(self) -> int:
        extra = stages.WINDOW_REQUESTS if self._options.exhaust else 0
        planned = stages.MAIN_REQUESTS + extra
        return min(planned, self._options.budget or planned)

    def _stages(self) -> None:
        self._play(stages.main(self._board))
        if self._options.exhaust:
            self._play(stages.exhaust(self._board))
        if self._options.deeper is not None:
            for judgement, case in self._options.deeper(self._connection, self._pace):
                self._judgements.append((judgement, case))

    def _play(self, stage: Stage) -> None:
        case = next(stage)
        while True:
            answer = self._ask(case)
            try:
                case = stage.send(answer)
            except StopIteration:
                return

    def _ask(self, case: Case) -> Answer:
        answer = self._send(case)
        if case.quota is Quota.KEEP and case.auth is Auth.VALID:
            if answer.status == TOO_MANY:
                answer = self._once_more(answer)
            if answer.status == _UNAUTHORIZED:
                self._still_known(answer)
        self._judge(answer)
        if self._slow >= _SLOW_ANSWERS:
            raise _SlowError(
                f"{self._slow} answers took more than {SLOW_MS // 1000} s, so the rest was not asked"
            )
        return answer

    def _once_more(self, refused: Answer) -> Answer:
        """The same after the wait that a 429 asks for. Raises OutOfBudgetError."""
        self._judge(refused)
        self._wait(self._pace.refused(refused), "the rate limit is spent")
        answer = self._send(refused.case)
        if answer.status == TOO_MANY:
            self._judge(answer)
            raise OutOfBudgetError("the rate limit is still spent after the wait that it asked for")
        return answer

    def _still_known(self, unknown: Answer) -> None:
        """Asks what was answered before: a token that ran out is no broken contract. Raises Refused."""
        probe = self._send(self._answers[0].case)
        if probe.status == _UNAUTHORIZED:
            raise Refused(f"the token was accepted at first and is refused since request {unknown.number}")
        self._judge(probe)

    def _send(self, case: Case) -> Answer:
        if case.quota is Quota.KEEP and case.auth is Auth.VALID:
            self._wait(self._pace.pause(self._connection.now()), "the rate limit is nearly spent")
        if case.quota is Quota.AWAIT:
            self._wait(self._pace.refused(self._answers[-1]), "the window that was spent on purpose")
        answer = self._attempt(case)
        self._answers.append(answer)
        if len(self._answers) == 1:
            doorway.check(answer)
        self._pace.seen(answer)
        self._slow += answer.elapsed_ms >= SLOW_MS
        return answer

    def _attempt(self, case: Case) -> Answer:
        """One answer, or two tries for it. Raises Unreachable at the start, or when two cases in a row get none."""
        reason, connection = "", self._connection
        for _ in range(1 if self._lost else 2):
            self._pace.claim()
            try:
                answer = connection.send(case, self._pace.sent)
            except NoAnswerError as error:
                reason = str(error)
                if not self._answers:
                    raise Unreachable(f"{connection.target.url}: {reason}") from None
            else:
                # The target is alive, so what got no answer was not the network's fault.
                self._judgements += self._lost
                self._lost = []
                return answer
        if self._lost:
            raise Unreachable(f"the target stopped answering at request {self._pace.sent}: {reason}")
        self._lost = [(Judgement("transport.delivery", "a whole answer", reason, self._pace.sent), case)]
        return Answer(case, self._pace.sent, 0, {}, b"", 0, connection.now(), connection.target.url)

    def _judge(self, answer: Answer) -> None:
        judgements = [judgement for judge in PASSIVE for judgement in judge(answer)] if answer.status else []
        self._judgements += [(judgement, answer.case) for judgement in judgements]
        broken = tuple(dict.fromkeys(j.clause for j in judgements if j.breach))
        self._tell(Answered(answer.number, answer.case.name, answer.status, answer.elapsed_ms, broken))

    def _compare(self) -> None:
        oracle = self._board.oracle
        again = [row for answer in self._answers if answer.case.name == AGAIN for row in answer.rows]
        if oracle is not None and again:
            oracle = oracle.after(again)
        evidence = Evidence(self._connection.target, self._answers, oracle, self._options.golden)
        cases = {answer.number: answer.case for answer in self._answers}
        for judge in RELATIONAL:
            for judgement in judge(evidence):
                case = cases[judgement.number or self._answers[0].number]
                self._judgements.append((judgement, case))

    def _wait(self, seconds: float, why: str) -> None:
        if seconds:
            self._tell(Waiting(seconds, why))
            self._connection.wait(seconds)

    def _tell(self, event: Event) -> None:
        event = self._redact(event)
        for listener in self._listeners:
            listener(event)


class _SlowError(Exception):
    """Judged enough of a server that takes too long."""


def check(connection: Connection, options: Options, *listeners: Listener) -> Result:
    """Check one target. Never raises for what the target does; see Result.exit_code."""
    return Run(connection, replace(options), listeners).drive()
