"""Running stages that depend on each other, several at a time."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from .. import process
from ..errors import UserError
from .board import Board, Line
from .outcome import Outcome


@dataclass(frozen=True)
class Task:
    """One stage.

    :param run: does the work; a :class:`UserError` counts as one failure
    :param after: names of tasks that must have succeeded before
    """

    name: str
    run: Callable[[Line], Outcome]
    after: tuple[str, ...] = ()


def run_all(tasks: Sequence[Task], board: Board, at_once: int) -> list[Outcome]:
    """Run every task once, in the given order where their dependencies allow it.

    A task whose dependency failed is not run and counts as one failure: nothing is left out
    silently.
    """
    waiting = list(tasks)
    finished: dict[str, bool] = {}
    outcomes: list[Outcome] = []
    running: dict[Future[Outcome], str] = {}
    cancelled = threading.Event()
    pool = ThreadPoolExecutor(at_once)
    try:
        while waiting or running:
            for task in list(waiting):
                needed = [name for name in task.after if name in {t.name for t in tasks}]
                broken = [name for name in needed if finished.get(name) is False]
                if broken:
                    waiting.remove(task)
                    outcome = Outcome()
                    outcome.fail(f"not run, because {broken[0]} failed")
                    board.finish(task.name, outcome, 0.0)
                    finished[task.name] = False
                    outcomes.append(outcome)
                elif len(running) < at_once and all(name in finished for name in needed):
                    waiting.remove(task)
                    running[pool.submit(_run, task, board, cancelled)] = task.name
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                finished[running.pop(future)] = not outcome.failed
                outcomes.append(outcome)
    except BaseException:
        cancelled.set()
        process.stop_all()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
    return outcomes


def _run(task: Task, board: Board, cancelled: threading.Event) -> Outcome:
    if cancelled.is_set():
        return Outcome()
    started = time.monotonic()
    line = board.start(task.name)
    try:
        outcome = task.run(line)
    except UserError as error:
        outcome = Outcome()
        outcome.fail(str(error))
    board.finish(task.name, outcome, time.monotonic() - started)
    return outcome
