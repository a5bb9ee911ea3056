# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The compensation engine: frozen integer arrays in, integer arrays out.

No Odoo, no ORM, no database: numpy and PyYAML. What computes, and is kept with every run:

=============  ============================================================
``kernel/``    ``run.compute(snapshot) -> Result`` and its stages: who is
               active, packages, ranks, caps; trees, exact numbers, digests
``rules/``     one folder per bonus rule, found by its name
``measures/``  one file per kind of measure that a plan may declare
``plan/``      a plan document read into scaled integers
=============  ============================================================

What reads it:

=============  ============================================================
``checks/``    the validator of plans: one file per check
``plans.py``   a plan by its name or file, read and checked; ``gallery/``
               holds those of known companies
``telling/``   why an amount is what it is, and what a plan says, in words of the
               reader: ``locale/`` holds a catalogue per language
``form/``      the plan as a form without code
``chain/``     closed periods computed once more, one after the other, with
               something changed: another plan, other inputs
``scenario/``  text files that describe a small company and what to expect
=============  ============================================================
"""
