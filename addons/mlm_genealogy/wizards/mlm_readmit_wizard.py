from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class MlmReadmitWizard(models.TransientModel):
    """Readmission: to which sponsor, and who of the old downline comes back."""

    _name = "mlm.readmit.wizard"
    _description = "Readmission"
    _inherit = ["mlm.change.mixin"]

    old_sponsor_id = fields.Many2one(
        "mlm.distributor", string="Original Sponsor", compute="_compute_old_sponsor_id"
    )
    sponsor_choice = fields.Selection(
        [("original", "The original sponsor"), ("other", "Another sponsor")],
        string="Sponsor",
        required=True,
        default="original",
    )
    other_sponsor_id = fields.Many2one(
        "mlm.distributor",
        string="New Sponsor",
        domain="[('network_id.company_ids', '=', company_id), ('kind', '!=', 'customer'),"
        " ('state', '!=', 'terminated')]",
    )
    sponsor_id = fields.Many2one(
        "mlm.distributor", string="Will Be Sponsored by", compute="_compute_sponsor_id"
    )
    downline_choice = fields.Selection(
        [("with", "With the original downline"), ("without", "Without it")],
        required=True,
        default="with",
        string="Downline",
    )
    line_ids = fields.One2many(
        "mlm.readmit.line",
        "wizard_id",
        string="Former Frontline",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _get_preview_dependencies(self):
        return [
            *super()._get_preview_dependencies(),
            "sponsor_choice",
            "other_sponsor_id",
            "downline_choice",
            "line_ids.comes_back",
        ]

    @api.depends("distributor_id")
    def _compute_old_sponsor_id(self):
        for wizard in self:
            wizard.old_sponsor_id = wizard.distributor_id._get_former_sponsor()

    @api.depends("old_sponsor_id", "sponsor_choice", "other_sponsor_id")
    def _compute_sponsor_id(self):
        for wizard in self:
            original = wizard.sponsor_choice == "original"
            wizard.sponsor_id = wizard.old_sponsor_id if original else wizard.other_sponsor_id

    @api.depends("distributor_id", "sponsor_id", "downline_choice")
    def _compute_line_ids(self):
        for wizard in self:
            former = []
            if wizard.downline_choice == "with" and wizard.distributor_id:
                former = wizard.distributor_id._get_former_frontline(wizard.sponsor_id)
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "distributor_id": item["person"].id,
                            "sponsor_id": item["sponsor"].id,
                            "conflict": item["conflict"],
                            "comes_back": not item["conflict"],
                        }
                    )
                    for item in former
                ),
            ]

    def _get_downline(self):
        if self.downline_choice == "without":
            return self.env["mlm.distributor"]
        return self.line_ids.filtered("comes_back").distributor_id

    def _get_preview_lines(self):
        person, sponsor = self.distributor_id, self.sponsor_id
        if self.sponsor_choice == "original" and sponsor.state == "terminated":
            return [
                (
                    "danger",
                    self.env._(
                        "%s has also left the network. Choose another sponsor, or readmit that "
                        "person first.",
                        sponsor.display_name,
                    ),
                )
            ]
        if not sponsor:
            return [("warning", self.env._("Choose the sponsor."))]
        try:
            person._ensure_readmissible(sponsor)
        except UserError as error:
            return [("danger", error.args[0])]
        above = [sponsor.id, *sponsor._upline_ids()]
        lines = [("good", self._render_path(self.env._("Then below"), above))]
        coming = self._get_downline()
        if coming:
            lines.append(
                (
                    "good",
                    self.env._(
                        "Come back below %(name)s, each with their own organisation: %(people)s.",
                        name=person.display_name,
                        people=self._render_people(coming),
                    ),
                )
            )
        elif self.downline_choice == "with":
            lines.append(("warning", self.env._("Nobody from the former frontline comes back.")))
        else:
            lines.append(("info", self.env._("The former frontline stays where it is.")))
        lines += self._get_position_lines()
        lines.append(
            (
                "info",
                self.env._(
                    "The code and the title rank are the previous ones; the paid-as rank has to "
                    "be earned again. Expired points do not come back."
                ),
            )
        )
        lines.append(self._get_moment_line())
        return lines

    def _get_position_lines(self):
        positions = self.distributor_id.position_ids
        closed = positions.filtered(lambda spot: spot.state == "closed")
        lines = [
            ("good", self.env._("Position %s reopens on its spot.", spot.code)) for spot in closed
        ]
        if not closed:
            lines.append(
                ("info", self.env._("Waits in the holding tank for a spot in the placement tree."))
            )
        return lines

    def action_confirm(self):
        self.ensure_one()
        if not self.sponsor_id:
            raise UserError(self.env._("Choose the sponsor."))
        arguments = self._get_arguments()
        return self._finish(
            self.distributor_id._readmit(
                self.sponsor_id, downline=self._get_downline(), **arguments
            )
        )
