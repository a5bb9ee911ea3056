"""Years of posted cycles, and what the screens take then. Runs inside Odoo."""
