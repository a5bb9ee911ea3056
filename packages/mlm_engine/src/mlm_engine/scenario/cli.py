# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Command line: play a scenario file and compare it with what it expects.

Exit status: 0 no difference, 1 differences, 2 the file cannot be played.
"""

import argparse
import json
import sys
import time

from ..kernel.text import _
from ..plan.document import shown, suggestion
from ..plan.finding import joined
from ..telling import problem_words
from ..telling.language import known, tell
from . import report, table
from .reader import ScenarioError, load
from .runner import play


def parser():
    """Return the argument parser."""
    made = argparse.ArgumentParser(
        prog="scenario",
        description="Play a scenario file cycle by cycle: earnings, ranks, carry-over, "
        "explanations, and where it differs from what the file expects.",
    )
    made.add_argument("file", help="scenario in YAML, see docs/contracts/scenario.md")
    made.add_argument("--json", action="store_true", help="print one JSON document instead")
    made.add_argument("--explain", metavar="CODE", help="explain one person's cycles")
    made.add_argument(
        "--lang",
        choices=known(),
        help="of all that is said; else English, explanations in Spanish",
    )
    return made


class Bar:
    """How far a long work is, on a terminal; nothing anywhere else."""

    _WIDTH, _EVERY = 30, 0.2

    def __init__(self, out):
        self.out, self.shown = out, False
        self.active = bool(getattr(out, "isatty", bool)())
        self.next = time.monotonic() + 1  # what is done in a second needs no bar

    def show(self, what, part):
        now = time.monotonic()
        if self.active and now >= self.next:
            self.next, self.shown = now + self._EVERY, True
            filled = "#" * round(self._WIDTH * min(part, 1))
            self.out.write(f"\r{what[:30]:30} [{filled:{self._WIDTH}}] {part:4.0%}")
            self.out.flush()

    def end(self):
        if self.shown:
            self.out.write("\r" + " " * (self._WIDTH + 40) + "\r")
            self.shown = False


def main(argv=None, out=None, err=None):
    """Run the command; return the exit status. ``out`` and ``err`` take text."""
    out, err = out or sys.stdout, err or sys.stderr
    options = parser().parse_args(argv)
    bar, lang = Bar(err), options.lang or "en"
    try:
        scenario = load(options.file, lambda part: bar.show(tell(_("reading"), lang), part))
        count = len(scenario.cycles)
        people = [person.code for person in scenario.distributors]
        if options.explain and options.explain not in people:
            bar.end()
            print(_nobody(options.explain, people, lang), file=err)
            return 2

        def show(number, _stage, part):
            bar.show(
                tell(_("Cycle {number}", number=number), lang),
                (scenario.cycles.index(number) + part) / count,
            )

        played = play(scenario, show)
        found = report.differences(played)
    except (ScenarioError, OSError, OverflowError) as error:
        bar.end()
        print(refusal(error, options.file, lang), file=err)
        return 2
    bar.end()
    if options.json:
        data = report.document(played, lang=options.lang or "es", said=lang)
        json.dump(data, out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        out.write(table.table(played, lang))
        if options.explain:
            _explain(played, options, out)
        out.write(table.warned(scenario, lang))
        out.write(table.verdict(scenario, found, lang))
    return 1 if found else 0


def _nobody(code, people, lang):
    text = tell(_("unknown distributor {code}", code=shown(code)), lang)
    return joined(text, tell(suggestion(code, people), lang))


def refusal(error, file, lang):
    """Return why a scenario file cannot be played, with what to do, one problem a line."""
    if isinstance(error, ScenarioError):
        return "\n".join(problem_words.located(error, lang))
    why = getattr(error, "strerror", None) or (error.args or [""])[0]
    return f"{file}: " + tell(_REFUSED[type(error) is OverflowError], lang, why=why)


#: whether it is too large to be computed → why
_REFUSED = {
    False: _("cannot be read: {why}"),
    True: _(
        "its figures are too large to be computed exactly ({why}). Lower the quantities, points "
        "or rates"
    ),
}


_NOT_YET = _("not in the network yet")


def _explain(played, options, out):
    for cycle in played.periods:
        lang = options.lang or "es"
        told = report.explanations(played, cycle, lang, options.explain).values()
        out.write(f"\n{table.heading(cycle, lang)}, {options.explain}\n")
        if not told:
            out.write(f"  {tell(_NOT_YET, lang)}\n")
        for found in told:
            for item in (found, *found["positions"], *found["earnings"], *found["absences"]):
                name = item.get("bonus_name")
                out.write(f"  {name}\n" if name else "")
                indent = "    " if name else "  "
                texts = dict.fromkeys(step["text"] for step in item["steps"])
                out.writelines(f"{indent}{text}\n" for text in texts)


if __name__ == "__main__":
    sys.exit(main())
