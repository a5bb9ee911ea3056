# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Processes for work that would outlast the limits of a server.

`start.py` runs in the server and starts `process.py`, which is Odoo without a server: one
scheduled action, then the end. `keeper.py` runs beside that work and says that it lives.
"""
