# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers that stand for words in inputs and results: figures, reasons, sources of a rate.

They are stored and never renumbered. Each says of itself what others ask of it, so that no
second list exists; the reference calculator has its own and a test lays both side by side.
"""

from enum import IntEnum

from .text import _


class Measure(IntEnum):
    """Figures of members and positions that a run reports.

    ``unit`` is ``pv`` or ``cv`` (ten-thousandths of a point), ``rate`` (millionths), ``flag``
    (0 or 1), ``count`` or ``code`` (of reasons, rate sources, ranks, packages). The next
    period reads back what is ``carried`` of a position and the ``state`` of a member.
    """

    def __new__(cls, value, unit, text, kept=""):
        found = int.__new__(cls, value)
        found._value_, found.unit = value, unit
        found.text = text
        found.carried, found.state = kept == "carried", kept == "state"
        return found

    # of the person
    OWN_PV = 1, "pv", _("Own PV in the window")
    OWN_PV_PERIOD = 2, "pv", _("Own PV of the cycle")
    OWN_CV_PERIOD = 3, "cv", _("Own CV of the cycle")
    ACTIVE = 4, "flag", _("Active")
    RANK = 5, "code", _("Paid-as rank")
    TITLE = 6, "code", _("Title")
    RANK_EARNED = 7, "code", _("Rank earned")
    RANK_MISSES = (
        8,
        "count",
        _("Periods in a row below the rank"),
    )
    # of a bonus of the person
    PAID_CV = 10, "cv", _("CV paid")
    # of a binary position
    CARRY_LEFT = 20, "cv", _("Left carried over"), "carried"
    CARRY_RIGHT = 21, "cv", _("Right carried over"), "carried"
    LEFT_IN = 22, "cv", _("Left brought forward")
    RIGHT_IN = 23, "cv", _("Right brought forward")
    LEFT_NEW = 24, "cv", _("New on the left")
    RIGHT_NEW = 25, "cv", _("New on the right")
    LEFT_EXCESS = 26, "cv", _("Own excess to the left")
    RIGHT_EXCESS = 27, "cv", _("Own excess to the right")
    MATCHED = 28, "cv", _("CV matched")
    LEFT_EXPIRED = 29, "cv", _("Expired on the left")
    RIGHT_EXPIRED = 30, "cv", _("Expired on the right")
    LEFT_ACTIVE = 31, "count", _("Active sponsored on the left")
    RIGHT_ACTIVE = 32, "count", _("Active sponsored on the right")
    RATE = 33, "rate", _("Percentage")
    RATE_SOURCE = 34, "code", _("Source of the percentage")
    REASON = 35, "code", _("Reason")
    INACTIVE_PERIODS = (
        36,
        "count",
        _("Inactive periods in a row"),
        "carried",
    )
    LEFT_BACK = (
        37,
        "cv",
        _("Own excess taken back from the left"),
    )
    RIGHT_BACK = (
        38,
        "cv",
        _("Own excess taken back from the right"),
    )
    # of a bonus of the person
    AWARDED = 40, "code", _("Awards received"), "state"
    STANDING = 41, "cv", _("Contest points"), "state"
    SHARES = 42, "cv", _("Shares")
    GROUP_CV = 43, "cv", _("Group CV")
    STEP_RATE = 44, "rate", _("Own percentage")
    FINAL_STANDING = 45, "cv", _("Final contest points")
    PLACE = 46, "count", _("Place in the contest")


#: Measures declared by a plan have the code ``PLAN + index in plan["measures"]``.
PLAN = 500
#: Periods in a row that the conditions of award ``i`` held: ``STREAK + i``.
STREAK = 200
AWARDS = 64
STREAKS = range(STREAK, STREAK + AWARDS)

#: What a rank or a scenario may name, e.g. ``paid_cv`` in ``binary.paid_cv``.
FIGURES = {measure.name.lower(): measure for measure in Measure}
#: What the next period reads back of a position.
CARRIED = tuple(measure for measure in Measure if measure.carried)


def figure_name(code, plan=None):
    """Return the name of a figure as documents write it, e.g. ``carry_left``.

    ``plan`` (canonical) is needed for the measures that it declares.
    """
    code = int(code)
    if code >= PLAN:
        return plan["measures"][code - PLAN]["code"]
    if code in STREAKS:
        return f"streak_{code - STREAK + 1}"
    return Measure(code).name.lower()


def figure_unit(code, plan=None):
    """Return the unit of a figure, see ``Measure``."""
    code = int(code)
    if code >= PLAN:
        item = plan["measures"][code - PLAN]
        return item["params"].get("volume", "pv") if item["volume"] else "count"
    return "count" if code in STREAKS else Measure(code).unit


def is_state(code):
    """Tell whether the next period reads this figure of a member back."""
    return code in STREAKS or (code in Measure._value2member_map_ and Measure(code).state)


class Reason(IntEnum):
    """Why a row or a position was paid less than the plan offered."""

    def __new__(cls, value, text):
        found = int.__new__(cls, value)
        found._value_, found.text = value, text
        return found

    PAID = 0, _("Paid in full")
    INACTIVE = (
        1,
        _("Inactive: own PV in the window is below the requirement"),
    )
    SUSPENDED = 2, _("Suspended")
    TERMINATED = 3, _("Terminated")
    NOT_DISTRIBUTOR = 4, _("Not a distributor")
    NO_UPLINE = 5, _("No sponsor in this generation")
    NO_PACKAGE = (
        6,
        _("No own package that qualifies for the bonus"),
    )
    SMALLER_PACKAGE = (
        7,
        _("Own package is smaller than the one bought"),
    )
    PV_TIER = (
        8,
        _("Own PV does not reach the full generation"),
    )
    NO_ACTIVE_LEFT = (
        9,
        _("No active personally sponsored person in the left leg"),
    )
    NO_ACTIVE_RIGHT = (
        10,
        _("No active personally sponsored person in the right leg"),
    )
    NO_ACTIVE_SIDES = (
        11,
        _("No active personally sponsored person in either leg"),
    )
    BELOW_MINIMUM = (
        12,
        _("The weaker leg is below the minimum CV"),
    )
    OWN_PURCHASE = 13, _("Own purchase: there is no customer")
    VACANT = 14, _("Position without a holder")
    NOT_UNLOCKED = 15, _("The rank does not reach this level")
    RANK_RATE = 16, _("The rank gives a lower percentage")
    NOT_QUALIFIED = (
        17,
        _("The conditions of the bonus are not met"),
    )
    RANK_BELOW = (
        18,
        _("The rank is below the one the bonus requires"),
    )
    CAPPED = 19, _("Cap of the bonus")
    COMPANY_CAP = 20, _("Cap of the company")
    NO_QUALIFIER = 21, _("Nobody qualifies for the pool")
    POOL_REMAINDER = 22, _("Remainder of the pool after rounding")
    GROUP_TOO_SMALL = (
        23,
        _("The own group is too small to keep the bonus"),
    )
    GUARANTEE = (
        24,
        _("Covers the sponsor's guaranteed minimum"),
    )


class RateSource(IntEnum):
    """Where the rate of an earning came from.

    ``label`` is what a list shows, ``text`` what an explanation says, with ``{name}`` filled
    in; ``key`` the name that a plan writes in ``pct_from``, if it may.
    """

    def __new__(cls, value, label, text, key=""):
        found = int.__new__(cls, value)
        found._value_, found.label, found.text, found.key = value, label, text, key
        return found

    BONUS = (
        0,
        _("Fixed by the bonus"),
        _("fixed by the bonus"),
        "fixed",
    )
    PACKAGE = (
        1,
        _("Valid package"),
        _("{name}, valid {until}"),
        "package",
    )
    RANK = (
        2,
        _("Rank of the cycle"),
        _("rank {name} of the period"),
        "rank",
    )
    PROMOTION = 3, _("Promotion"), _("promotion {name}"), "promotion"
    PV_TIER = (
        4,
        _("Own PV"),
        _("tier by own PV ({name})"),
    )
    LEVEL = 5, _("Level"), _("level {name}")
    STEP = (
        6,
        _("Step"),
        _("step: {name} gives this percentage"),
    )
    DIFFERENCE = (
        7,
        _("Difference of percentages"),
        _("own percentage minus what was paid below: {name}"),
    )
    SHARE = (
        8,
        _("Share of a pool"),
        _("share {name}"),
    )
    AWARD = 9, _("Award"), _("award {name}")
    CYCLE = 10, _("Per full cycle"), _("per full cycle")


#: Names that a plan document uses in ``pct_from``.
PCT_FROM = {source.key: source for source in RateSource if source.key}
