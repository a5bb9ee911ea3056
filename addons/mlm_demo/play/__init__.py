# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plays a scenario with real documents; see `models/mlm_scenario_player.py`."""
