# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reference calculator: every run once more, plainly.

Written from ``docs/contracts/rules.md`` alone, beside the engine and sharing no
code with it: plain Python, dicts, loops and ``Fraction``, one person at a time,
slow and easy to check by eye. It reads the frozen inputs of a run in their file
form and the plan as people wrote it. What both calculations agree on was not
computed wrong by one slip.

``calculator.Calculator(inputs.read(data))`` answers ``payee(member)``, ``everything()``,
``rank(member)``, ``title(member)``, ``carry()``, ``state()``; ``audit.compare`` lays it
beside a stored result.
"""
