from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

_SHOWN_ABOVE = 5
_SHOWN_PEOPLE = 10
_ICONS = {
    "info": "fa-info-circle text-info",
    "good": "fa-check-circle text-success",
    "warning": "fa-exclamation-triangle text-warning",
    "danger": "fa-times-circle text-danger",
}


class MlmChangeMixin(models.AbstractModel):
    """What every change of the network asks for: when, why, and a look at what comes
    of it. The wizards that use it do the change."""

    _name = "mlm.change.mixin"
    _description = "Change of the Network"

    distributor_id = fields.Many2one("mlm.distributor", required=True, readonly=True)
    company_id = fields.Many2one(related="distributor_id.company_id")
    network_id = fields.Many2one(related="distributor_id.network_id")
    timing = fields.Selection(
        selection="_get_timings",
        string="Takes Effect",
        required=True,
        default=lambda self: self._get_default_timing(),
    )
    close_moment = fields.Datetime(
        string="The Cycle Closes", compute="_compute_close_moment", help="End of the current cycle."
    )
    moment = fields.Datetime(string="Date and Time", default=fields.Datetime.now)
    effective_at = fields.Datetime(compute="_compute_effective_at")
    reason = fields.Text(required=True)
    document = fields.Binary(attachment=False, help="The letter or decision that shows why.")
    document_name = fields.Char()
    preview = fields.Html(
        string="What Happens", compute="_compute_preview", sanitize=False, readonly=True
    )

    @api.model
    def _get_timings(self):
        return [
            ("close", self.env._("At the close of the cycle")),
            ("now", self.env._("Now")),
            ("date", self.env._("On another date")),
        ]

    @api.model
    def _get_default_timing(self):
        return "now"

    @api.depends("distributor_id")
    def _compute_close_moment(self):
        for wizard in self:
            network = wizard.distributor_id.network_id
            wizard.close_moment = network._close_moment() if network else False

    @api.depends("timing", "moment", "close_moment")
    def _compute_effective_at(self):
        for wizard in self:
            if wizard.timing == "close":
                wizard.effective_at = wizard.close_moment
            else:
                wizard.effective_at = wizard.moment if wizard.timing == "date" else False

    @api.depends(lambda self: self._get_preview_dependencies())
    def _compute_preview(self):
        for wizard in self:
            person = wizard.distributor_id._origin
            lines = []
            if person.has_access("write"):
                lines = person and wizard._get_preview_lines()
            else:
                text = self.env._("Only the home company can change %s.", person.display_name)
                lines = [("danger", text)]
            wizard.preview = Markup().join(map(wizard._render_line, lines))

    @api.model
    def _get_preview_dependencies(self):
        return ["distributor_id", "timing", "moment"]

    def _get_preview_lines(self):
        """Return what will happen, as list of ``(level, text)``: info, good, warning,
        danger."""
        self.ensure_one()
        return []

    @api.model
    def _render_line(self, line):
        level, text = line
        return Markup(
            '<div class="d-flex gap-2 mb-1"><i class="fa %s mt-1"></i><div>%s</div></div>'
        ) % (
            _ICONS[level],
            text,
        )

    def _get_moment_line(self):
        """Return the line that says from when on."""
        self.ensure_one()
        if not self.effective_at or self.effective_at <= fields.Datetime.now():
            moment = self.effective_at or fields.Datetime.now()
            return "info", self.env._("Takes effect on %s.", self._get_text(moment))
        return "info", self.env._(
            "Is planned for %s, and can be cancelled until then.",
            self._get_text(self.effective_at),
        )

    def _get_text(self, moment):
        return self.network_id._local_text(moment)

    def _render_path(self, title, ids, model=None):
        """Return one line of names, the nearest first, the head at the end.

        :param model: empty records of the ids, by default `mlm.distributor`
        """
        model = self.env["mlm.distributor"] if model is None else model
        names = model.browse(ids[:_SHOWN_ABOVE]).mapped("display_name")
        hidden = len(ids) - len(names)
        if hidden > 1:
            names.append(self.env._("… %s more …", hidden - 1))
        if hidden:
            names.append(model.browse(ids[-1]).display_name)
        path = Markup(' <i class="fa fa-angle-right text-muted mx-1"></i> ').join(names)
        return Markup("<b>%s:</b> %s") % (title, path or "–")

    def _render_people(self, people):
        """Return the names of some people, and how many more there are."""
        names = people[:_SHOWN_PEOPLE].mapped("display_name")
        text = ", ".join(names)
        more = len(people) - len(names)
        return self.env._("%(names)s and %(more)s more", names=text, more=more) if more else text

    def _create_document(self):
        """Keep the uploaded document with the distributor; None without one."""
        self.ensure_one()
        if not self.document:
            return None
        return self.env["ir.attachment"].create(
            {
                "name": self.document_name or self.env._("Document"),
                "datas": self.document,
                "res_model": "mlm.distributor",
                "res_id": self.distributor_id.id,
            }
        )

    def _get_arguments(self):
        """Return the keyword arguments that every operation takes."""
        self.ensure_one()
        self.distributor_id.check_access("write")
        if self.timing == "date" and not self.moment:
            raise UserError(self.env._("Choose the date on which it takes effect."))
        return {
            "reason": self.reason,
            "effective": self.effective_at or None,
            "document": self._create_document(),
        }

    def _finish(self, result):
        """Close the wizard, and say so when the change waits."""
        if getattr(result, "_name", None) != "mlm.operation":
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("Planned"),
                "message": self.env._(
                    "Takes effect on %s. Until then it waits under Planned Changes and can be "
                    "cancelled.",
                    self._get_text(result.effective_at),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
