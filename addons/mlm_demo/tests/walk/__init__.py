# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every menu opened and every button pressed as the web client does it, without a browser.

`client.py` asks the server what a browser asks it, `screen.py` knows which buttons a screen
shows of a record, `walk.py` goes through them all as one user.
"""
