# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long work in the background still takes, as far as that is known.

A course is what was done when: ``[[fraction, seconds since its beginning], …]``, ascending.
"""

import time
from bisect import bisect_left

#: of work that nobody has done before, so much is done, in so many seconds, before it is known
LEAST, SHORTEST = 0.05, 2.0
#: seconds above which minutes, and minutes above which a multiple of five, are said
MINUTE, TEN = 60, 10
#: so many seconds after the time that was said nobody knows any more
LATE = 120


class Pace:
    """The course of one piece of work, and the seconds that are left of it.

    :param past: course of an earlier one, whole; empty: none is known
    :param float scale: how much more there is to do than there was then
    """

    def __init__(self, past=(), scale=1.0):
        self.past, self.scale = past, scale
        self.course, self.left = [], None
        self._began = self._told = None

    def reach(self, fraction):
        """Return the seconds that are left, None while that is not known.

        A new figure is met half-way from the one that was told before.
        """
        moment = time.time()
        if self.course and fraction < self.course[-1][0]:
            self.course = []  # it begins once more
        if not self.course:
            self._began = moment
        spent = moment - self._began
        self.course.append([fraction, spent])
        left = seconds_left(self.course[0][0], fraction, spent, self.past, self.scale)
        if left is not None and self.left is not None:
            left = (left + max(0, self.left - (moment - self._told))) / 2
        self.left, self._told = left, moment
        return left


def seconds_left(begun, done, spent, past=(), scale=1.0):
    """Return the seconds that work still takes, None while that is not known.

    By the course of an earlier one, and by its own pace the more the further it is.

    :param begun: fraction that was done when it began
    :param done: fraction that is done ``spent`` seconds later
    """
    if past:
        before, now = _at(past, begun), _at(past, done)
        rest, expected = (past[-1][1] - now) * scale, (now - before) * scale
        own = spent / expected if expected else 1.0
        return rest * (1 + done * (own - 1))
    if done - begun < LEAST or spent < SHORTEST:
        return None
    return spent * (1 - done) / (done - begun)


def _at(course, fraction):
    """Seconds after which a course had reached a fraction, between two known ones in a line."""
    place = bisect_left(course, fraction, key=lambda point: point[0])
    if place == 0:
        return course[0][1]
    if place == len(course):
        return course[-1][1]
    (low, early), (high, late) = course[place - 1], course[place]
    return early + (late - early) * (fraction - low) / (high - low)


def left_text(env, seconds):
    """Return the time left in words, ``""`` of None and of what is long overdue."""
    if seconds is None or seconds < -LATE:
        return ""
    if seconds <= MINUTE:
        return env._("less than a minute left")
    minutes = int(-(-seconds // 60))
    if minutes > TEN:
        minutes = -(-minutes // 5) * 5
    if minutes <= 60:
        return env._("about %s min left", minutes)
    return env._(
        "about %(hours)s h %(minutes)s min left", hours=minutes // 60, minutes=minutes % 60
    )
