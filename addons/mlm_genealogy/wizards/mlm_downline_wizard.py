from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats

from ..models.distributor.mlm_distributor import KINDS, STATES

SHOWN = 200


class MlmDownlineWizard(models.TransientModel):
    """The question to the downline report, and the beginning of its answer."""

    _name = "mlm.downline.wizard"
    _description = "Downline Report"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    root_id = fields.Many2one(
        "mlm.distributor",
        string="Leader",
        required=True,
        check_company=True,
        domain="[('network_id.company_ids', '=', company_id), ('kind', '!=', 'customer'),"
        " ('state', '!=', 'terminated')]",
        help="The report covers everybody below this person.",
    )
    tree_id = fields.Many2one(
        "mlm.tree",
        string="Placement Tree",
        check_company=True,
        domain="[('network_id.company_ids', '=', company_id)]",
        help="Empty: the sponsor tree.",
    )
    group_by = fields.Selection("_get_groups", required=True, default="level")
    at_date = fields.Date(
        string="As of",
        help="The network as it was at the end of that day. Empty: as it is now.",
    )
    state = fields.Selection([one for one in STATES if one[0] != "terminated"])
    kind = fields.Selection(KINDS)
    level_from = fields.Integer()
    level_to = fields.Integer()
    joined_from = fields.Date(string="Joined from")
    joined_to = fields.Date(string="Joined until")
    city = fields.Char()
    preview = fields.Html(readonly=True, sanitize=False)

    def _get_groups(self):
        return self.env["mlm.downline.report"]._get_group_names()

    @api.depends("root_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Downline Report")

    @api.onchange("tree_id")
    def _onchange_tree_id(self):
        if self.tree_id and self.group_by == "generation":
            self.group_by = "leg"
        if not self.tree_id and self.group_by == "leg":
            self.group_by = "level"

    @api.onchange(
        "root_id",
        "tree_id",
        "group_by",
        "at_date",
        "state",
        "kind",
        "level_from",
        "level_to",
        "joined_from",
        "joined_to",
        "city",
    )
    def _onchange_question(self):
        # figures that do not belong to the filters beside them would mislead
        self.preview = False

    def _get_moment(self):
        """Return the end of the chosen day as naive UTC, None for the present."""
        today = self.company_id.mlm_network_id._local_date(fields.Datetime.now())
        if not self.at_date or self.at_date >= today:
            return None
        after = datetime.combine(
            self.at_date + timedelta(days=1), time(), ZoneInfo(self.company_id.mlm_network_id.tz)
        )
        return after.astimezone(timezone.utc).replace(tzinfo=None) - timedelta(seconds=1)

    def _get_filters(self):
        """Return the filters of the question; add-ons extend them."""
        self.ensure_one()
        return {
            "states": [self.state] if self.state else None,
            "kinds": [self.kind] if self.kind else None,
            "level_from": self.level_from or None,
            "level_to": self.level_to or None,
            "joined_from": self.joined_from or None,
            "joined_to": self.joined_to or None,
            "city": (self.city or "").strip(),
        }

    def _get_question(self):
        """Return what is asked, after a check that the user may know it."""
        self.ensure_one()
        if not self.root_id:
            raise UserError(self.env._("Choose the leader."))
        self.root_id.check_access("read")
        self.tree_id.check_access("read")
        return self.env["mlm.downline.report"]._ask(
            self.root_id, self.tree_id, self.group_by, self._get_filters(), self._get_moment()
        )

    def action_show(self):
        """Show the totals and the first rows."""
        self.ensure_one()
        self.preview = self._get_preview()
        return self._action_open()

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Downline Report"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "main",
        }

    def _get_preview(self):
        question = self._get_question()
        report = self.env["mlm.downline.report"]
        totals = report._downline_totals(*question.asked)
        chunks = report._downline_report(*question.asked, limit=SHOWN)
        rows = [row for chunk in chunks for row in chunk]
        largest = max([line["people"] for line in totals["groups"]] or [1])
        return self.env["ir.qweb"]._render(
            "mlm_genealogy.downline_preview",
            {
                "report": report,
                "question": question,
                "group_name": dict(report._get_group_names())[question.group_by],
                "subtitle": [*report._get_subtitle(question), *report._get_notes(question)],
                "columns": report._get_columns(question),
                "total_columns": report._get_total_columns(question),
                "totals": totals,
                "largest": largest,
                "rows": rows,
                "formats": Formats(self.env),
            },
        )

    def action_xlsx(self):
        return self._action_download("xlsx")

    def action_pdf(self):
        # too many rows are told here, where the user can narrow the filters
        question = self._get_question()
        self.env["mlm.downline.report"]._ensure_pdf_possible(question)
        return self._action_download("pdf")

    def _action_download(self, kind):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/downline/{self.id}.{kind}",
            "target": "download",
        }
