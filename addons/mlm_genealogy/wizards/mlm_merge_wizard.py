from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.distributor.mlm_distributor_departure import PLACEMENTS

_COMPARED = (
    "code",
    "name",
    "vat",
    "email",
    "phone",
    "city",
    "kind",
    "state",
    "join_date",
    "sponsor_id",
    "frontline_count",
    "position_count",
)


class MlmMergeWizard(models.TransientModel):
    """Two enrolments of one person side by side, and what comes of their merge."""

    _name = "mlm.merge.wizard"
    _description = "Merge of Memberships"
    _inherit = ["mlm.change.mixin"]

    survivor_id = fields.Many2one(
        "mlm.distributor",
        string="Continues",
        required=True,
        domain="[('network_id.company_ids', '=', company_id), ('state', '!=', 'terminated'),"
        " ('id', '!=', distributor_id)]",
    )
    placement = fields.Selection(
        PLACEMENTS, string="Spot in the Placement Tree", required=True, default="closed"
    )
    has_position = fields.Boolean(compute="_compute_has_position")
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        person = self.env["mlm.distributor"].browse(values.get("distributor_id"))
        if (
            "survivor_id" in fields
            and person
            and not values.get("survivor_id")
            and person.has_access("write")
        ):
            values["survivor_id"] = self._suggest(person).id
        return values

    def _suggest(self, person):
        """Return the membership that most looks like the same person, or none."""
        partner = person.partner_id
        # sudo: only to compare; `default_get` has checked the right to write the person
        matches = person._find_duplicates(
            [
                {
                    "vat": partner.vat,
                    "email": partner.email,
                    "phone": partner.phone,
                    "bank": partner.sudo().bank_ids.mapped("acc_number"),
                    "partner_id": partner.id,
                }
            ],
            person.company_id,
        )[0]
        matches.sort(key=lambda match: -len(match["fields"]))
        members = person.browse(m["distributor_id"] for m in matches if m["distributor_id"])
        return members.filtered(lambda member: member.state != "terminated")[:1]

    @api.depends("distributor_id")
    def _compute_has_position(self):
        for wizard in self:
            wizard.has_position = bool(
                wizard.distributor_id.position_ids.filtered(lambda spot: spot.state == "open")
            )

    @api.depends("distributor_id", "survivor_id")
    def _compute_comparison(self):
        for wizard in self:
            person, survivor = wizard.distributor_id._origin, wizard.survivor_id._origin
            wizard.comparison = wizard._get_comparison(person, survivor) if survivor else False

    def _get_comparison(self, person, survivor):
        rows = [
            self._get_comparison_row(name, person, survivor)
            for name in _COMPARED
            if person[name] or survivor[name]
        ]
        head = Markup("<tr><th></th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Ends"),
            self.env._("Continues"),
        )
        return Markup(
            "<table class='table table-sm mb-0'><thead>%s</thead><tbody>%s</tbody></table>"
        ) % (head, Markup().join(rows))

    def _get_comparison_row(self, name, person, survivor):
        field = person._fields[name]
        label = field.get_description(self.env)["string"]
        texts = [self._get_text_of(record, field) for record in (person, survivor)]
        differs = "table-warning" if texts[0] != texts[1] else ""
        return Markup(
            "<tr class='%s'><th>%s</th><td class='text-break'>%s</td>"
            "<td class='text-break'>%s</td></tr>"
        ) % (differs, label, *texts)

    def _get_text_of(self, record, field):
        value = record[field.name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "many2one":
            return value.display_name or "–"
        if field.type == "date":
            return fields.Date.to_string(value) if value else "–"
        return "–" if value is False else str(value)

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "survivor_id", "placement"]

    def _get_preview_lines(self):
        person, survivor = self.distributor_id._origin, self.survivor_id._origin
        if not survivor:
            return []
        try:
            person._ensure_mergeable(survivor)
        except UserError as error:
            return [("danger", error.args[0])]
        lines = [
            (
                "good",
                self.env._("%s keeps code, sponsor, downline and positions.", survivor.code),
            )
        ]
        frontline = person._get_frontline()
        if frontline:
            lines.append(
                (
                    "info",
                    self.env._(
                        "Linked to %(sponsor)s from then on, in the same line: %(people)s.",
                        sponsor=person._get_merge_sponsor(survivor).display_name,
                        people=self._render_people(frontline),
                    ),
                )
            )
        if not person._lines_cross(survivor):
            lines.append(
                (
                    "warning",
                    self.env._("The two are in different lines: no downline changes lines."),
                )
            )
        spots = person.position_ids.filtered(lambda spot: spot.state == "open")
        if spots:
            text = (
                self.env._("Positions %s become closed spots that let volume pass through.")
                if self.placement == "closed"
                else self.env._("Positions %s leave the tree; the one below takes the spot.")
            )
            lines.append(("info", text % ", ".join(spots.mapped("code"))))
        lines += [
            (
                "info",
                self.env._(
                    "Volume, earnings and balance of %s stay where they were made and are paid"
                    " there.",
                    person.code,
                ),
            ),
            (
                "info",
                self.env._(
                    "What %(name)s buys with that contact counts for %(survivor)s from then on.",
                    name=person.partner_id.display_name,
                    survivor=survivor.code,
                ),
            ),
            ("warning", self.env._("A merge is final: %s is never readmitted.", person.code)),
        ]
        return [*lines, self._get_moment_line()]

    def action_confirm(self):
        self.ensure_one()
        return self._finish(
            self.distributor_id._merge_into(
                self.survivor_id, placement=self.placement, **self._get_arguments()
            )
        )
