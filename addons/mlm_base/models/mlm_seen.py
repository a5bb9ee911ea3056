# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class MlmSeen(models.AbstractModel):
    """Decided on as it stood on the screen: what was changed since is looked at again.

    Screens load `seen`, and their buttons bring it back as ``mlm_seen`` in the context, a list
    of ``[id, seen]``: a form by ``context="{'mlm_seen': [[id, seen]]}"``, the buttons above a
    list by ``js_class="mlm_seen_list"``. Code that decides without a screen brings nothing.
    """

    _name = "mlm.seen"
    _description = "Decision on What Is Shown"

    seen = fields.Char(string="As Shown", compute="_compute_seen")

    def _compute_seen(self):
        for record in self:
            record.seen = record._get_seen()

    def _get_seen(self):
        """Return a text that is another one when what is decided on is."""
        raise NotImplementedError

    def _ensure_seen(self):
        """UserError for what is not as the screen of who decides showed it."""
        shown = self.env.context.get("mlm_seen")
        if shown is None:
            return
        shown = dict(shown)
        self.invalidate_recordset(["seen"])
        for record in self:
            if shown.get(record.id) != record.seen:
                raise UserError(
                    self.env._(
                        "Your screen does not show %s as it is now. Reload the page and look at it"
                        " again before you decide.",
                        record.display_name,
                    )
                )
