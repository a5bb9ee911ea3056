# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_commission.models.mlm_partition import RUN_SHIFT


class MlmPortalExplanation(models.AbstractModel):
    """Why an amount is what it is, step by step, without others' business.

    The read API explains; here only what the portal shows is picked from it, by the
    name of each step, so a key that is new in the read API does not show by accident.
    """

    _name = "mlm.portal.explanation"
    _description = "Explanations in the Portal"

    @api.model
    def _own_earning(self, run, distributor, earning_id):
        """The row of that id if it is in the run and pays this reader, else empty."""
        return distributor.env["mlm.earning"].search(
            [
                ("id", "=", earning_id),
                *run._id_domain("mlm.earning"),
                ("payee_id", "=", distributor.id),
            ]
        )

    @api.model
    def _get(self, run, distributor, earning):
        """Explanation of one row of the reader's own statement."""
        statements = self.env["mlm.portal.statement"]
        words = statements._words(distributor)
        raw = run._explain(earning, audience="distributor", viewer=distributor)
        plan = run.version_id._plan()
        rules = {bonus["code"]: bonus["rule"] for bonus in plan["bonuses"]}
        raw["unit"] = statements._base_unit(rules[raw["bonus"]], plan, run.currency_id.name)
        found = {
            key: raw[key]
            for key in (
                "bonus_name",
                "level",
                "base",
                "rate",
                "fx",
                "amount",
                "breakage",
                "reason",
                "reason_text",
            )
        }
        found.update(
            period=run.period_id.number,
            paid=earning.amount_e4 != 0,
            missed=earning.breakage_e4 != 0,
            remedy=self.env["mlm.portal.advice"]._remedy(raw["reason"]),
            unit=raw["unit"],
            reference=f"{run.number}-{earning.id - (run.number << RUN_SHIFT)}",
            steps=[self._step(step, raw, words) for step in raw["steps"]],
        )
        return found

    def _step(self, step, raw, words):
        """A step with its heading; ``shape`` says how the page draws it."""
        name = step["step"]
        found = {"name": name, "shape": "text", "text": step.get("text", "")}
        shape = getattr(self, f"_step_{name}", None)
        if shape:
            found.update(shape(step, raw, words))
        found.setdefault("title", self.env._("How it was computed"))
        return found

    def _step_left(self, step, raw, words):
        return {
            "shape": "leg",
            "title": self.env._("Your left leg"),
            **self._leg(step, words),
        }

    def _step_right(self, step, raw, words):
        return {
            "shape": "leg",
            "title": self.env._("Your right leg"),
            **self._leg(step, words),
        }

    def _leg(self, step, words):
        return {
            key: words.number(step[key])
            for key in ("in", "new", "excess", "total", "expired", "out")
        } | {"active": step["active"]}

    def _step_match(self, step, raw, words):
        return {"title": self.env._("What both legs have in common")}

    def _step_volume(self, step, raw, words):
        # names of rows are order numbers of the direct team, else a row number
        return {
            "shape": "rows",
            "title": self.env._("The sales behind it"),
            "rows": [{"name": row["name"], "cv": words.number(row["cv"])} for row in step["rows"]],
            "count": step["count"],
            "fresh": words.number(step["fresh"]),
            "carried": words.number(step["carried"]),
        }

    def _step_rate(self, step, raw, words):
        return {"title": self.env._("Your percentage")}

    def _step_source(self, step, raw, words):
        if "package" not in step:
            return {"title": self.env._("The sale"), "text": step["text"]}
        values = {
            "buyer": raw["source_name"][:1].upper() + raw["source_name"][1:],
            "quantity": step["quantity"],
            "package": step["package"],
            "below": step["from"],
        }
        text = (
            self.env._(
                "%(buyer)s bought %(quantity)s × %(package)s, an upgrade of %(below)s.",
                **values,
            )
            if step["from"]
            else self.env._(
                "%(buyer)s bought %(quantity)s × %(package)s.",
                buyer=values["buyer"],
                quantity=values["quantity"],
                package=values["package"],
            )
        )
        return {"title": self.env._("The purchase"), "text": text}

    def _step_path(self, step, raw, words):
        """The generations up to the reader; of others only whether they qualified."""
        return {
            "shape": "path",
            "title": self.env._("From the buyer up to you"),
            "path": [
                {
                    "generation": item["generation"],
                    "name": item["name"],
                    "you": item["generation"] == raw["level"],
                    "qualified": item["reason"] == "paid",
                }
                for item in step["path"]
            ],
        }

    def _step_base(self, step, raw, words):
        found = {"title": self.env._("What the plan pays for it")}
        if "offered" in step and "own" in step:
            found["text"] = self.env._(
                "The lower of your own package (%(package)s) and the one bought:"
                " %(own)s of %(offered)s %(unit)s.",
                package=step["own_package"] or self.env._("none"),
                own=words.number(step["own"]),
                offered=words.number(step["offered"]),
                unit=raw["unit"],
            )
        return found

    def _step_rounding(self, step, raw, words):
        return {"shape": "formula", "title": self.env._("The amount")}

    def _step_not_paid(self, step, raw, words):
        return {"shape": "not_paid", "title": self.env._("Not paid")}
