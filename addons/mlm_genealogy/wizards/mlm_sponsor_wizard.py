from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats

# counting stops here: what matters is that it is many
_COUNTED = 100_000


class MlmSponsorWizard(models.TransientModel):
    """Another sponsor: a change from a date on, or the correction of an error."""

    _name = "mlm.sponsor.wizard"
    _description = "Sponsor Change"
    _inherit = ["mlm.change.mixin"]

    act = fields.Selection(
        [("change", "Change from a date on"), ("correct", "Correction of an error")],
        string="What It Is",
        required=True,
        default="change",
        help="A change is valid from its date on. A correction says that the other sponsor was "
        "the right one all along; closed cycles keep what was known.",
    )
    old_sponsor_id = fields.Many2one(related="distributor_id.sponsor_id", string="Current sponsor")
    sponsor_id = fields.Many2one(
        "mlm.distributor",
        string="New Sponsor",
        required=True,
        domain="[('network_id.company_ids', '=', company_id), ('kind', '!=', 'customer'),"
        " ('state', '!=', 'terminated'), ('id', 'not in', [distributor_id, old_sponsor_id])]",
    )
    frontline_count = fields.Integer(related="distributor_id.frontline_count")
    leave_downline = fields.Selection(
        [("with", "Moves too"), ("without", "Stays with the current sponsor")],
        string="The Downline",
        required=True,
        default="with",
    )

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "act", "sponsor_id", "leave_downline"]

    def _get_preview_lines(self):
        person, sponsor = self.distributor_id, self.sponsor_id
        if not sponsor:
            return []
        try:
            person._ensure_member()
            person._ensure_sponsor_possible(sponsor)
            since = self._get_since()
        except UserError as error:
            return [("danger", error.args[0])]
        lines = [
            ("info", self._render_path(self.env._("Now below"), person._upline_ids())),
            (
                "good",
                self._render_path(self.env._("Then below"), [sponsor.id, *sponsor._upline_ids()]),
            ),
        ]
        downline = [("id", "child_of", person.id), ("id", "!=", person.id)]
        below = person.search_count(downline, limit=_COUNTED)
        if below:
            number = Formats(self.env).number(below) + ("" if below < _COUNTED else "+")
            lines.append(self._get_downline_line(number))
        lines.append(since)
        lines.append(
            (
                "info",
                self.env._("The place in the placement tree stays; it is moved separately."),
            )
        )
        return lines

    def _get_downline_line(self, below):
        if self.act == "change" and self.leave_downline == "without":
            return "warning", self.env._(
                "%(frontline)s personally sponsored people, with the %(below)s people in their "
                "organisation, stay with %(sponsor)s.",
                frontline=self.frontline_count,
                below=below,
                sponsor=self.old_sponsor_id.display_name,
            )
        return "info", self.env._("The whole downline of %s people moves too.", below)

    def _get_since(self):
        if self.act == "change":
            return self._get_moment_line()
        since = self.distributor_id._get_correction_start()
        if since > fields.Datetime.now():
            since = fields.Datetime.now()
        began = self.env["mlm.link"]._open_sponsor_link(self.distributor_id).valid_from
        if since > began:
            return "warning", self.env._(
                "The current link began on %(began)s, in a cycle that is now closed: what was "
                "computed stays. The correction counts from %(since)s on.",
                began=self._get_text(began),
                since=self._get_text(since),
            )
        return "info", self.env._(
            "Counts as if it had been so since %s, when the current link began.",
            self._get_text(since),
        )

    def action_confirm(self):
        self.ensure_one()
        arguments = self._get_arguments()
        person = self.distributor_id
        if self.act == "correct":
            arguments.pop("effective")
            return self._finish(person._correct_sponsor(self.sponsor_id, **arguments))
        return self._finish(
            person._change_sponsor(
                self.sponsor_id, leave_downline=self.leave_downline == "without", **arguments
            )
        )
