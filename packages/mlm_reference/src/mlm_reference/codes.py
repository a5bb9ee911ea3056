# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers that stand for words in stored results (``docs/contracts/earning.md``)."""

KIND_DISTRIBUTOR, KIND_PREFERRED, KIND_CUSTOMER = 0, 1, 2
STATE_ACTIVE, STATE_SUSPENDED, STATE_TERMINATED = 0, 1, 2

REASONS = {
    "PAID": 0,
    "INACTIVE": 1,
    "SUSPENDED": 2,
    "TERMINATED": 3,
    "NOT_DISTRIBUTOR": 4,
    "NO_UPLINE": 5,
    "NO_PACKAGE": 6,
    "SMALLER_PACKAGE": 7,
    "PV_TIER": 8,
    "NO_ACTIVE_LEFT": 9,
    "NO_ACTIVE_RIGHT": 10,
    "NO_ACTIVE_SIDES": 11,
    "BELOW_MINIMUM": 12,
    "OWN_PURCHASE": 13,
    "VACANT": 14,
    "NOT_UNLOCKED": 15,
    "RANK_RATE": 16,
    "NOT_QUALIFIED": 17,
    "RANK_BELOW": 18,
    "CAPPED": 19,
    "COMPANY_CAP": 20,
    "NO_QUALIFIER": 21,
    "POOL_REMAINDER": 22,
    "GROUP_TOO_SMALL": 23,
    "GUARANTEE": 24,
}
PAID = 0
REASON_NAMES = {number: name for name, number in REASONS.items()}

RANK, TITLE = 5, 6
CARRY_LEFT, CARRY_RIGHT, INACTIVE_PERIODS = 20, 21, 36
#: Measures of positions that the next period reads.
CARRY = (CARRY_LEFT, CARRY_RIGHT, INACTIVE_PERIODS)
OWN_PV, OWN_PV_PERIOD, OWN_CV_PERIOD, ACTIVE = 1, 2, 3, 4
#: The measures that a plan declares, in its order, begin here.
PLAN = 500
OF_PERSON = (OWN_PV, OWN_PV_PERIOD, OWN_CV_PERIOD, ACTIVE)
AWARDED, STANDING, STREAK = 40, 41, 200
STREAKS = range(STREAK, STREAK + 64)
