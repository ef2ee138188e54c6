"""A cycle kept in memory: looked at before each answer, and judged anew only where an input has changed."""

from __future__ import annotations

import gc
from threading import RLock

from pipeline.errors import PipelineError
from pipeline.evidence import Progress
from pipeline.flow.judging import Judgement, judge
from pipeline.flow.made import inputs_file
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.scan import InputFile, read_inputs, scan
from pipeline.workspace import Workspace


class Held:
    """The newest cycle of a workspace, or the one that is named, as it stands at this moment."""

    def __init__(self, ws: Workspace, cycle: str | None = None) -> None:
        self.ws = ws
        self.named = cycle
        self.last: Judgement | None = None
        """What was judged last, also where the inputs of now cannot be read."""
        self.fault: PipelineError | None = None
        """Why the inputs of now cannot be read."""
        self._known: tuple[InputFile, ...] = ()
        self._cycle = ""
        self._lock = RLock()

    @property
    def cycle(self) -> str:
        """The cycle that is shown. UsageError where there is none."""
        return self.named or self.ws.newest_cycle()

    def now(self, progress: Progress | None = None) -> Judgement:
        """What the checks find now. Raises what cannot be read; `last` still has what was found before."""
        with self._lock:
            cycle = self.cycle
            try:
                inputs = self._inputs(cycle)
                if self.last is None or self.fault or inputs != self._known:
                    self.last = judge(self.ws, cycle, progress=progress, inputs=inputs)
                    # What is kept for long need not be looked through for rubbish again and again.
                    gc.freeze()
            except PipelineError as fault:
                self.fault = fault
                raise
            self.fault, self._known = None, inputs
            return self.last

    def _inputs(self, cycle: str) -> tuple[InputFile, ...]:
        if cycle != self._cycle:
            self._cycle, self._known, self.last = cycle, (), None
        assessment, _ = read_assessment(self.ws, cycle)
        known = self._known or read_inputs(inputs_file(self.ws, cycle))
        return scan(self.ws, cycle, assessment.previous, known)
