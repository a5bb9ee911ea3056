# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import split_every

from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_base.pace import Pace

from .mlm_co_certificate import KEY

#: up to so many statements of the year the work is done as soon as it is asked for
INLINE = 1_000
_PART = 5_000


class MlmCoCertificateIssue(models.Model):
    """The certificates of a year, issued in the background.

    Asked for again, those whose figures are the same stay; the others are void and replaced.
    """

    _name = "mlm.co.certificate.issue"
    _description = "Issue of Withholding Certificates"
    _inherit = ["mlm.guarded", "mlm.queued"]
    _order = "id desc"
    _rec_name = "year"
    _given = ("company_id", "year")
    _server_only = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("queued", "In the queue"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    error = fields.Text(readonly=True, copy=False)
    requested_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    finished_at = fields.Datetime(string="Finished on", readonly=True, copy=False)
    made_count = fields.Integer(string="Issued", readonly=True, copy=False, aggregator=None)
    kept_count = fields.Integer(
        string="Left as They Were", readonly=True, copy=False, aggregator=None
    )
    void_count = fields.Integer(string="Made Void", readonly=True, copy=False, aggregator=None)
    progress_stage = fields.Char(string="Stage", compute="_compute_progress")
    progress_done = fields.Integer(string="Progress", compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    def _compute_progress(self):
        found = self.env["mlm.co.certificate.progress"]._read(self.ids)
        for one in self:
            one.progress_stage, one.progress_done, one.progress_left = found.get(
                one.id, (False, 0, "")
            )

    @api.depends("year")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._("Certificates of %s", one.year)

    @api.constrains("year")
    def _check_year(self):
        for one in self:
            if not 2000 <= one.year <= fields.Date.context_today(one).year:
                raise ValidationError(
                    self.env._("%s is no year of which certificates can be issued.", one.year)
                )

    # -- what people do ----------------------------------------------------------

    def action_issue(self):
        """Issue now, or in the background when much was paid in the year."""
        self.check_access("write")
        for one in self:
            if one.state == "queued":
                raise UserError(self.env._("%s are being issued already.", one.display_name))
            # sudo: the right to write was checked, here and above
            record = one.sudo()
            first, last = record._get_days()
            paid = record.env["mlm.statement"].search_count(
                [
                    ("company_id", "=", record.company_id.id),
                    ("move_id.date", ">=", first),
                    ("move_id.date", "<=", last),
                ],
                limit=INLINE + 1,
            )
            as_internal(record).write({"error": False, "requested_by_id": self.env.uid})
            if paid > INLINE:
                as_internal(record).write({"state": "queued"})
                # sudo: as above; who may ask may wake the work
                self.env.ref("l10n_co_mlm.cron_certificate").sudo()._trigger()
            else:
                # sudo: as above; the result owes nothing to the context of who asks
                as_system(record)._issue()

    def action_stop(self):
        """End the work; nothing of it is kept."""
        self.check_access("write")
        # sudo: the right to write was checked; the state is written by the work only
        for one in self.sudo():
            if one.state == "queued":
                self.env["mlm.job"]._stop_or_fail(one)

    def action_certificates(self):
        """Open the certificates of the year."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "l10n_co_mlm.mlm_co_certificate_action"
        )
        domain = [("company_id", "=", self.company_id.id), ("year", "=", self.year)]
        return {**action, "domain": domain}

    # -- work --------------------------------------------------------------------

    def _keep_failure(self, message):
        as_internal(self).write({"state": "failed", "error": message})

    def _get_days(self):
        return fields.Date.to_date(f"{self.year}-01-01"), fields.Date.to_date(f"{self.year}-12-31")

    def _do_waiting(self):
        progress, pace = self.env["mlm.co.certificate.progress"], Pace()
        # sudo: an accountant has asked for them; certificates are made by their work only
        as_system(self)._issue(
            lambda fraction: progress._set(self, "", fraction, pace.reach(fraction))
        )

    def _issue(self, tell=lambda fraction: None):
        """Issue what is new, make void what has changed, keep the rest.

        :param tell: called with the part that is done
        """
        self.ensure_one()
        certificates = self.env["mlm.co.certificate"]
        figures = certificates._get_figures(self.company_id, *self._get_days())
        tell(0.1)
        issued = self._get_issued()
        same = {
            key for key, (__, lines) in issued.items() if figures.get(key, {}).get("lines") == lines
        }
        past = certificates.browse(one for key, (one, __) in issued.items() if key not in same)
        now = self.env.cr.now()
        as_internal(past).write({"state": "void", "voided_at": now})
        # before those that take their place
        past.flush_recordset()
        fresh = {key: one for key, one in figures.items() if key not in same}
        people = certificates._get_people(fresh)
        towns = {one.code: one.id for one in self._get_towns(fresh)}
        replaced = self._get_replaced()
        done = 0
        for part in split_every(_PART, fresh.items()):
            self._store_part(part, replaced, people, towns, now)
            done += len(part)
            tell(0.2 + 0.8 * done / len(fresh))
        as_internal(self).write(
            {
                "state": "done",
                "error": False,
                "finished_at": now,
                "made_count": len(fresh),
                "kept_count": len(same),
                "void_count": len(past),
            }
        )

    def _get_issued(self):
        """Return ``{key: (id, lines)}`` of what is issued, as `_get_figures` gives them."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT one.id, one.tax_number, one.kind, one.period, one.municipality,
                      line.concept, coalesce(line.rate_e6, 0), line.base_e4, line.withheld_e4
                 FROM mlm_co_certificate AS one
                 JOIN mlm_co_certificate_line AS line ON line.certificate_id = one.id
                WHERE one.company_id = %s AND one.year = %s AND one.state = 'issued'
                ORDER BY one.id, coalesce(line.concept, ''), coalesce(line.rate_e6, 0)""",
            [self.company_id.id, self.year],
        )
        found = {}
        for certificate, *key, concept, rate_e6, base_e4, withheld_e4 in self.env.cr.fetchall():
            lines = found.setdefault(tuple(key), (certificate, ()))[1]
            line = (concept or False, rate_e6, base_e4, withheld_e4)
            found[tuple(key)] = certificate, (*lines, line)
        return found

    def _get_replaced(self):
        """Return ``{key: id}`` of the last certificate that is void and not replaced."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT max(id), tax_number, kind, period, municipality
                 FROM mlm_co_certificate AS one
                WHERE company_id = %s AND year = %s AND state = 'void'
                  AND NOT EXISTS (SELECT FROM mlm_co_certificate AS next
                                   WHERE next.replaces_id = one.id)
                GROUP BY tax_number, kind, period, municipality""",
            [self.company_id.id, self.year],
        )
        return {tuple(key): number for number, *key in self.env.cr.fetchall()}

    def _get_towns(self, figures):
        codes = {key[3] for key in figures}
        return self.env["mlm.co.municipality"].search([("code", "in", list(codes))])

    def _store_part(self, part, replaced, people, towns, now):
        """Create certificates and their lines.

        :param part: ``[(key, figures)]``
        """
        values = []
        for key, one in part:
            number, kind, period, town = key
            person = people.get(number)
            values.append(
                {
                    **dict(zip(KEY, (number, kind, self.year, period, town), strict=True)),
                    "company_id": self.company_id.id,
                    "municipality_id": towns.get(town, False),
                    "partner_id": person.id if person else False,
                    "payee_name": person.name if person else False,
                    **{name: one[name] for name in ("base_e4", "withheld_e4", "posted_e4")},
                    "code": secrets.token_urlsafe(18),
                    "issued_at": now,
                    "replaces_id": replaced.get(key, False),
                }
            )
        made = as_internal(self.env["mlm.co.certificate"]).create(values)
        names = ("concept", "rate_e6", "base_e4", "withheld_e4")
        as_internal(self.env["mlm.co.certificate.line"]).create(
            [
                {"certificate_id": certificate.id, **dict(zip(names, line, strict=True))}
                for certificate, (__, one) in zip(made, part, strict=True)
                for line in one["lines"]
            ]
        )
