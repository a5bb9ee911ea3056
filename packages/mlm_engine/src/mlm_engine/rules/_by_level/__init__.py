# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses that pay uplines level by level: what their rules share.

``params`` parameters and their contradictions, ``rates`` the rate of each rank and
level, ``walk`` the uplines of many rows within a limit, ``compression`` who is paid
which level, ``pay`` the earning rows. Definitions: ``docs/contracts/rules.md`` §1, §2.
"""
