# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_commission.models.rows.mlm_partition import RUN_SHIFT

#: What the page draws of each shape of a step: ``mlm_engine/telling/shapes.py``.
_DRAWN = {
    "sentence": (),
    "amounts": ("rows",),
    "formula": ("terms", "rows"),
    "path": ("level_name", "left_out"),
    "conditions": (),
    "sales": ("count",),
}


class MlmPortalExplanation(models.AbstractModel):
    """Why an amount is what it is, step by step, without others' business.

    The read API explains; here only what the portal shows is picked from it, by the shape
    of each step, so a key that is new in the read API does not show by accident.
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
        raw = run._explain(earning, audience="distributor", viewer=distributor)
        found = {
            key: raw[key] for key in ("bonus_name", "amount", "breakage", "reason", "reason_text")
        }
        found.update(
            period=run.period_id.number,
            paid=earning.amount_e4 != 0,
            missed=earning.breakage_e4 != 0,
            remedy=self.env["mlm.portal.advice"]._remedy(raw["reason"]),
            reference=f"{run.number}-{earning.id - (run.number << RUN_SHIFT)}",
            steps=[self._step(step) for step in raw["steps"]],
        )
        return found

    def _step(self, step):
        """What the page draws of a step; of others on a path only whether they qualified."""
        shape = step["shape"]
        found = {key: step[key] for key in ("shape", "title", "text", *_DRAWN[shape])}
        if shape == "path":
            found["path"] = [
                {
                    "level": one["level"],
                    "name": one["name"],
                    "you": one["here"],
                    "qualified": one["reason"] != "not_qualified",
                }
                for one in step["path"]
            ]
        elif shape == "conditions":
            found["conditions"] = [
                {key: one[key] for key in ("holds", "text", "done")} for one in step["conditions"]
            ]
        elif shape == "sales":
            # names of rows are order numbers of the direct team, else a row number
            found["sales"] = [{key: one[key] for key in ("name", "shown")} for one in step["sales"]]
        return found
