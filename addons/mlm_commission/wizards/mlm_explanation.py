# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from odoo.addons.mlm_base.formats import Formats

#: rows of a person that are explained at once; whoever is at the top has tens of thousands
SHOWN = 30
#: of no more than so many a page can be drawn
MOST = 300


class MlmExplanation(models.TransientModel):
    """Shows why an amount is what it is, or why there is none.

    Of one earning, of a person's whole cycle, or of a sale: whom it paid, what nobody
    got, and of somebody chosen why nothing.
    """

    _name = "mlm.explanation"
    _description = "Explanation of an Amount"

    run_id = fields.Many2one(
        "mlm.run",
        default=lambda self: self._default_run(),
        domain=[("state", "!=", "cancelled"), ("snapshot_sha", "!=", False)],
    )
    earning_ref = fields.Char(help="Id of the earning; empty: the person's cycle.")
    distributor_id = fields.Many2one("mlm.distributor", domain=[("kind", "!=", "customer")])
    order_id = fields.Many2one("sale.order", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    entry_id = fields.Many2one("mlm.volume.entry", string="Ledger row", readonly=True)
    is_sale = fields.Boolean(compute="_compute_is_sale")
    most = fields.Integer(help="Explained rows of the person's cycle.")
    has_more = fields.Boolean(compute="_compute_html")
    html = fields.Html(compute="_compute_html", sanitize=False)

    def _default_run(self):
        """The latest run with figures, a preview, too: of the sale's cycle, or of the
        network."""
        context = self.env.context
        member = self.env["mlm.distributor"].browse(context.get("default_distributor_id"))
        network = member.network_id or self.env.company.mlm_network_id
        domain = [("state", "!=", "cancelled"), ("snapshot_sha", "!=", False)]
        entries = self.new(
            {name: context.get(f"default_{name}") for name in ("order_id", "move_id", "entry_id")}
        )._entries()
        if entries:
            domain.append(("period_id", "in", entries.period_id.ids))
        else:
            domain.append(("network_id", "=", network.id))
        return self.env["mlm.run"].search(domain, order="number desc", limit=1)

    @api.depends("order_id", "move_id", "entry_id")
    def _compute_is_sale(self):
        for wizard in self:
            wizard.is_sale = bool(wizard.order_id or wizard.move_id or wizard.entry_id)

    def _entries(self):
        """Ledger rows of the order, the invoice or the row that was asked about."""
        entries = self.env["mlm.volume.entry"]
        if self.entry_id:
            return self.entry_id._origin or self.entry_id
        if self.move_id:
            return entries.search([("move_line_id.move_id", "=", self.move_id._origin.id)])
        if self.order_id:
            return entries.search(
                [("move_line_id.sale_line_ids.order_id", "=", self.order_id._origin.id)]
            )
        return entries

    @api.depends("run_id", "earning_ref", "distributor_id", "is_sale", "most")
    @api.depends_context("lang")
    def _compute_html(self):
        for wizard in self:
            values = {
                "money": wizard._money,
                "largest": wizard._tell_largest,
                "how_many": lambda level: self.env._(
                    "%(count)s rows", count=Formats(self.env).number(level["count"])
                ),
                "problem": "",
                "found": {},
            }
            try:
                values["found"] = wizard._explanation()
            except UserError as error:
                values["problem"] = str(error)
            shown = len(values["found"].get("earnings", ()))
            wizard.has_more = shown < min(values["found"].get("count", 0), MOST)
            wizard.html = self.env["ir.qweb"]._render("mlm_commission.explanation", values)

    def _money(self, amount, explained):
        """Write an amount; with its code where several companies pay.

        :param explained: the dict that is about it: an earning, which names its currency, or a
            person's cycle
        """
        run = self.run_id
        if not run.homes:
            return formatLang(self.env, float(amount), currency_obj=run.currency_id)
        if explained["kind"] == "member":
            currency = run._currency_of(self.distributor_id)
        else:
            currency = self.env["res.currency"].search([("name", "=", explained["currency"])])
        return Formats(self.env, currency).money(amount)

    def _tell_largest(self, found):
        """How many rows of a person are explained, where there are more."""
        formats = Formats(self.env)
        return self.env._(
            "The %(shown)s largest of %(count)s rows, step by step. The list has all of them.",
            shown=formats.number(len(found["earnings"])),
            count=formats.number(found["count"]),
        )

    def _explanation(self):
        run, member = self.run_id._origin, self.distributor_id._origin
        if self.earning_ref:
            number = int(self.earning_ref) if self.earning_ref.isdecimal() else 0
            # searched as the reader, before the run reads it as the system
            earning = self.env["mlm.earning"].search([("id", "=", number)])
            if not earning:
                raise UserError(self.env._("There is no such amount, or you may not see it."))
            return (run or earning.run_id)._explain(earning)
        if self.is_sale:
            return self._sale_explanation(run, member)
        if not run:
            raise UserError(self.env._("No cycle has been computed yet."))
        if not member:
            raise UserError(self.env._("Choose a person to see how the cycle went for them."))
        run._ensure_reads(member)
        return run._explain_distributor(member, most=self.most or SHOWN)

    def _sale_explanation(self, run, member):
        entries = self._entries()
        if not entries:
            raise UserError(
                self.env._(
                    "This sale has no volume yet: it counts when the company's rule is met "
                    "(invoiced or paid) and its products carry points."
                )
            )
        if not run:
            raise UserError(
                self.env._(
                    "%(period)s has not been computed yet. Compute a preview of it first.",
                    period=", ".join(entries.period_id.mapped("display_name")),
                )
            )
        return run._explain_sale(entries, member)

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explanation"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _action_of_sale(self, **sale):
        """Ask about a sale: ``order_id``, ``move_id`` or ``entry_id``."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mlm_commission.action_mlm_explanation"
        )
        action["name"] = self.env._("Who this sale paid")
        action["context"] = {f"default_{name}": value for name, value in sale.items()}
        return action

    def action_more(self):
        """Explain more rows of the person, the next largest."""
        self.ensure_one()
        self.most = min((self.most or SHOWN) * 2, MOST)
        return self._action_open()

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id)
