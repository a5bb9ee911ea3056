# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.codes import Reason

from odoo import api, models

_SIDES_NEEDED = {
    Reason.NO_ACTIVE_LEFT: ("left",),
    Reason.NO_ACTIVE_RIGHT: ("right",),
    Reason.NO_ACTIVE_SIDES: ("left", "right"),
}


class MlmPortalAdvice(models.AbstractModel):
    """Why nothing is paid, and what to do about it, in sentences for the person.

    A sentence is ``{"level": danger | warning | info | success, "text"}``. The figures
    are those of ``standing.py``.
    """

    _name = "mlm.portal.advice"
    _description = "Advice to a Distributor"

    # -- the present cycle ---------------------------------------------------

    @api.model
    def _now(self, distributor, standing, words):
        """What to do before the present cycle ends, the most urgent first."""
        found = self._of_state(distributor)
        if distributor.kind == "customer":
            return found
        activity = standing["activity"]
        inactive = activity and not activity["active"]
        end = words.day(standing["period"]["end"]) if standing["period"] else ""
        if inactive and activity["missing"]:
            text = self.env._(
                "You are missing %(missing)s PV of your own to be active. Buy them before"
                " the cycle ends on %(date)s.",
                missing=words.number(activity["missing"]),
                date=end,
            )
            if any(legs["expires"] and legs["lesser_cv"] for legs in standing["legs"]):
                text += " " + self.env._("Otherwise the points in your legs expire.")
            found.append({"level": "danger", "text": text})
        if standing["on_positions"] and not standing["legs"]:
            found.append(
                {
                    "level": "warning",
                    "text": self.env._(
                        "You have no place in the tree yet, so your legs collect no points. Ask "
                        "your sponsor to have you placed."
                    ),
                }
            )
        for legs in standing["legs"]:
            found += self._of_legs(legs, words)
            if not inactive and not legs["reason"] and legs["matched"]:
                found.append(
                    {
                        "level": "success",
                        "text": self.env._(
                            "You qualify: so far, %(matched)s CV of each leg would be paid.",
                            matched=words.number(legs["matched"]),
                        ),
                    }
                )
        if not standing["on_positions"]:
            found += self._of_rank(standing)
        return found + self._of_package(standing, words)

    def _of_state(self, distributor):
        texts = {
            "suspended": self.env._(
                "Your membership is suspended: nothing is paid until it is reinstated. Support "
                "can tell you what is missing."
            ),
            "terminated": self.env._("Your membership has ended. Your past statements stay here."),
        }
        if distributor.state in texts:
            return [{"level": "danger", "text": texts[distributor.state]}]
        if distributor.kind == "preferred":
            text = self.env._(
                "You are enrolled as a preferred customer: your purchases count for your"
                " sponsor, and you earn once you become a distributor."
            )
        elif distributor.kind == "customer":
            text = self.env._(
                "You are enrolled as a customer: you have no team and no earnings. Talk to"
                " your sponsor if you want to become a distributor."
            )
        else:
            return []
        return [{"level": "info", "text": text}]

    def _of_legs(self, legs, words):
        found = []
        for side in ("left", "right"):
            missing = legs[side]["active_missing"]
            if missing:
                texts = {
                    "left": self.env._(
                        "Your left leg needs an active person sponsored by you: %s missing.",
                        missing,
                    ),
                    "right": self.env._(
                        "Your right leg needs an active person sponsored by you: %s missing.",
                        missing,
                    ),
                }
                text = texts[side]
                found.append({"level": "warning", "text": text})
        if legs["missing"]:
            found.append(
                {
                    "level": "info",
                    "text": self.env._(
                        "Your weaker leg has %(have)s CV; it pays from %(minimum)s CV on. You "
                        "need %(missing)s CV more.",
                        have=words.number(legs["lesser_cv"]),
                        minimum=words.number(legs["minimum"]),
                        missing=words.number(legs["missing"]),
                    ),
                }
            )
        return found

    def _of_rank(self, standing):
        """What is missing for the next rank, where the figures are known."""
        rank = standing["rank"]
        missing = [one["text"] for one in (rank or {}).get("conditions", ()) if not one["holds"]]
        if not missing:
            return []
        return [
            {
                "level": "info",
                "text": self.env._(
                    "To reach %(rank)s: %(conditions)s.",
                    rank=rank["next_name"],
                    conditions="; ".join(missing),
                ),
            }
        ]

    def _of_package(self, standing, words):
        package = standing["package"]
        if not package or not package.get("ends_soon"):
            return []
        return [
            {
                "level": "info",
                "text": self.env._(
                    "The percentage of your package %(name)s ends on %(date)s.",
                    name=package["name"],
                    date=words.day(package["until"]),
                ),
            }
        ]

    # -- a past cycle --------------------------------------------------------

    @api.model
    def _then(self, standing, words):
        """Why a posted cycle paid nothing or less, and what became of the points."""
        if not standing["on_positions"]:
            return self._of_activity(standing["activity"], words)
        found = []
        for legs in standing["legs"]:
            text = self._reason(legs, standing["activity"], words)
            if text:
                found.append({"level": "warning", "text": text})
                fate = self._fate(legs, words)
                if fate:
                    found.append({"level": "info", "text": fate})
        if not standing["legs"]:
            found.append(
                {
                    "level": "warning",
                    "text": self.env._(
                        "You had no place in the tree in this cycle, so your legs collected no "
                        "points."
                    ),
                }
            )
        return found

    def _of_activity(self, activity, words):
        """That somebody was inactive, of plans that pay no legs."""
        if not activity or activity["active"]:
            return []
        text = self.env._("You were inactive in this cycle.")
        if activity["needed"]:
            text = self.env._(
                "You had %(own)s of %(needed)s PV of your own in the %(window)s cycles that"
                " count, so you were inactive in this cycle.",
                own=words.number(activity["own"]),
                needed=words.number(activity["needed"]),
                window=activity["window"],
            )
        return [{"level": "warning", "text": text}]

    def _reason(self, legs, activity, words):
        reason = Reason(legs["reason"])
        if reason == Reason.INACTIVE and activity and activity["needed"]:
            return self.env._(
                "You had %(own)s of %(needed)s PV of your own in the %(window)s cycles that"
                " count, so you were inactive and your legs were not paid.",
                own=words.number(activity["own"]),
                needed=words.number(activity["needed"]),
                window=activity["window"],
            )
        if reason == Reason.BELOW_MINIMUM:
            return self.env._(
                "Your weaker leg reached %(have)s CV; it pays from %(minimum)s CV on.",
                have=words.number(legs["lesser_cv"]),
                minimum=words.number(legs["minimum"]),
            )
        if reason in _SIDES_NEEDED:
            texts = {
                ("left",): self.env._(
                    "None of the people you sponsor in your left leg was active; each leg needs "
                    "one."
                ),
                ("right",): self.env._(
                    "None of the people you sponsor in your right leg was active; each leg needs "
                    "one."
                ),
                ("left", "right"): self.env._(
                    "None of the people you sponsor was active in either leg; each leg needs one."
                ),
            }
            return texts[_SIDES_NEEDED[reason]]
        if reason == Reason.INACTIVE:
            return self.env._("You were inactive, so your legs were not paid.")
        if reason == Reason.SUSPENDED:
            return self.env._("You were suspended, so your legs were not paid.")
        if reason == Reason.TERMINATED:
            return self.env._("Your membership had ended, so your legs were not paid.")
        if reason == Reason.NOT_DISTRIBUTOR:
            return self.env._("Only distributors are paid for their legs.")
        return ""

    def _fate(self, legs, words):
        left, right = legs["left"], legs["right"]
        if legs["expired"]:
            return self.env._(
                "%(left)s CV of your left leg and %(right)s CV of your right leg expired.",
                left=words.number(left["expired"]),
                right=words.number(right["expired"]),
            )
        if left["out"] or right["out"]:
            return self.env._(
                "Your points are not lost: %(left)s CV on the left and %(right)s CV on the right "
                "carried over to the next cycle.",
                left=words.number(left["out"]),
                right=words.number(right["out"]),
            )
        return ""

    @api.model
    def _remedy(self, reason):
        """What to do so that a missed amount is paid the next time."""
        texts = {
            "inactive": self.env._("Keep your own PV complete in the cycles that count."),
            "no_package": self.env._("Buy a package of your own to take part."),
            "smaller_package": self.env._(
                "Upgrade your package: you are paid up to what your own package allows."
            ),
            "pv_tier": self.env._("With more PV of your own, this generation pays in full."),
            "suspended": self.env._("Ask support what is needed to reinstate you."),
            "not_unlocked": self.env._("A higher rank pays more levels."),
            "rank_rate": self.env._("A higher rank pays a higher percentage."),
            "rank_below": self.env._("Reach the rank that the bonus requires."),
            "not_qualified": self.env._("Meet what the bonus requires."),
        }
        return texts.get(reason, "")
