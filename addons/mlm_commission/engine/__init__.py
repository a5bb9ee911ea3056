# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The compensation engine: frozen integer arrays in, integer arrays out.

No Odoo and no ORM in here (relative imports only): the package also loads by
path, see ``tests/engine_loader.py``. A tour, in the order of a run:

=================  ========================================================
``snapshot.py``    the inputs of one run
``plan.py``        a plan document read and validated into scaled integers
``run.py``         ``compute(snapshot) -> Result``: the stages, in order
``activity.py``    own volume and who is active
``packages.py``    who held which package when, and the percentage it gives
``ranks.py``       paid-as rank and career title
``rules/``         one file per bonus rule, found by its file name
``trees.py``       depth, subtree sums and "is below" without recursion
``exact.py``       multiplication, rounding and allocation without floats
``result.py``      what a run returns
``digest.py``      the fingerprint of a result
``snapshot_file``  one file that holds a snapshot
``explain.py``     why an amount is what it is
``scenario/``      text files that describe a small company and what to expect
=================  ========================================================
"""
