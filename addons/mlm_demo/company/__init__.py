# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demo company as a scenario: invented people, deterministic, no database.

`build()` in `build.py` puts it together: `cast.py` the people with a story,
`network.py` the others and both trees, `purchases.py` who buys what, `persons.py`
names and addresses.
"""
