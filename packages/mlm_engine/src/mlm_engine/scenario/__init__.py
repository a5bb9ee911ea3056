# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scenario files: a small company in text, played cycle by cycle.

``load(path or dict)`` gives a ``Scenario`` (``model.py``), ``play(scenario)`` the
results of its cycles (``runner.py``), ``report.document`` their JSON and
``expectation.compare`` where they differ from what the file expects. The format
is described in ``docs/contracts/scenario.md``.
"""

from .model import Scenario
from .reader import ScenarioError, load
from .runner import play

__all__ = ["Scenario", "ScenarioError", "load", "play"]
