# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who sees what."""

# The warehouse sees who is who, not what they are owed.
SEES_MONEY = ",".join(
    f"mlm_base.group_{role}" for role in ("support", "manager", "approver", "accountant", "auditor")
)
