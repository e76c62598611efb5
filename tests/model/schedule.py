"""Runs requests in threads of their own, one at a time, changing over wherever one does I/O.

A crash may come before each I/O, and before the reply: nothing that a function does after one
I/O shows before its next, so "after the first" and "before the second" are the same crash.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore, Thread
from typing import Any

from tests.model.tape import TOP, Tape


class Crash(BaseException):
    """The function ends here, whatever it was doing. No `except Exception` sees it."""


class Task:
    """One invocation of a function.

    Attributes:
        log: What its request may be checked against; see `replies.Request`.
    """

    def __init__(self, name: str, run: Callable[[], None], log: Any) -> None:
        self.name = name
        self.log = log
        self.done = False
        self.doomed = False
        self.crashed = False
        self.error: BaseException | None = None
        self.gate = Semaphore(0)
        self.back = Semaphore(0)
        self._run = run
        Thread(target=self._body, name=name, daemon=True).start()

    def _body(self) -> None:
        self.gate.acquire()
        try:
            if not self.doomed:
                self._run()
        except Crash:
            self.crashed = True
        except BaseException as error:  # handed to the main thread
            self.error = error
        self.done = True
        self.back.release()


class Schedule:
    """Decides who goes on.

    Attributes:
        tasks: Those begun and not ended, oldest first.
        current: The one that is running.
        calm: Nothing changes over or crashes any more.
        urged: The next I/O lets others go first.
        trace: What happened, for people.
        crashes: How many tasks have crashed.
    """

    def __init__(self, tape: Tape, *, switch: int, crash: int) -> None:
        """Use a tape.

        Args:
            tape: What decides.
            switch: Likelihood of a change at each I/O, of 256.
            crash: Likelihood of a crash at each I/O, of 256.
        """
        self.tasks: list[Task] = []
        self.current: Task | None = None
        self.calm = False
        self.urged = False
        self.trace: list[str] = []
        self.crashes = 0
        self._tape = tape
        self._switch = switch
        self._crash = crash

    def begin(self, name: str, run: Callable[[], None], log: Any) -> Task:
        """Begin a task; it runs when it is its turn."""
        task = Task(name, run, log)
        self.tasks.append(task)
        return task

    def point(self, name: str) -> None:
        """Called by a task before each I/O: others may go first here, or it crashes."""
        task = self.current
        if task is None:
            return
        byte = 0 if self.calm else self._tape.byte()
        if byte >= TOP - self._crash:
            self.trace.append(f"{task.name}: crashes before {name}")
            raise Crash
        if self.urged or byte >= TOP - self._crash - self._switch:
            self.urged = False
            task.back.release()
            task.gate.acquire()
            if task.doomed:
                raise Crash
        self.trace.append(f"{task.name}: {name}")

    def turn(self, task: Task) -> None:
        """Let a task run until it hands over or ends.

        Raises:
            BaseException: What came out of it.
        """
        self.current = task
        task.gate.release()
        task.back.acquire()
        self.current = None
        if task.done:
            self.tasks.remove(task)
            self.crashes += task.crashed
            if task.error:
                raise task.error

    def side_by_side(self, *calls: Callable[[], Any]) -> list[Any]:
        """Calls that do one I/O each, in any order: that is every way they can run at once."""
        order = list(range(len(calls)))
        shuffled = [order.pop(self._tape.below(len(order))) for _ in calls]
        results: list[Any] = [None] * len(calls)
        failures: list[tuple[int, Exception]] = []
        for at in shuffled:
            try:
                results[at] = calls[at]()
            except Exception as error:
                failures.append((at, error))
        if failures:
            raise min(failures, key=lambda failure: failure[0])[1]
        return results

    def end_all(self) -> None:
        """End all that runs: it has used up its time."""
        for task in self.tasks:
            self.trace.append(f"{task.name}: runs out of time")
            task.doomed = True
            task.gate.release()
            task.back.acquire()
        self.tasks.clear()

    @contextmanager
    def closing(self) -> Iterator[None]:
        """Ends the threads of tasks that have not ended, whatever happens inside."""
        try:
            yield
        finally:
            self.end_all()
