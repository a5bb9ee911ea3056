from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .mlm_distributor import PEOPLE


class MlmDistributor(models.Model):
    """What staff of one company see of people whose home is another company of the network.

    Code, place, kind and state, and the name as `mlm.network` says; nothing else of the
    person, no message either. Who works in several companies sees those that are switched on.
    """

    _inherit = "mlm.distributor"

    own_partner_id = fields.Many2one(
        "res.partner",
        compute="_compute_own_partner_id",
        search="_search_own_partner_id",
        compute_sudo=True,
        help="The person, for those who work in the home company; otherwise empty.",
    )
    named_partner_id = fields.Many2one(
        "res.partner",
        compute="_compute_own_partner_id",
        search="_search_named_partner_id",
        compute_sudo=True,
        help="The person, for those who may see the name; otherwise empty.",
    )
    elsewhere = fields.Char(
        compute="_compute_elsewhere",
        compute_sudo=True,
        help="Why no more of this person is shown; empty for those who work in the home company.",
    )
    name = fields.Char(related="named_partner_id.name", readonly=False)
    email = fields.Char(related="own_partner_id.email", readonly=False, groups=PEOPLE)
    phone = fields.Char(related="own_partner_id.phone", readonly=False, groups=PEOPLE)
    vat = fields.Char(
        string="Document Number",
        related="own_partner_id.vat",
        readonly=False,
        groups=PEOPLE,
        help="Number of the identity document, or the tax number.",
    )
    city = fields.Char(related="own_partner_id.city", readonly=False)
    image_1920 = fields.Image(string="Photo", related="own_partner_id.image_1920", readonly=False)
    avatar_128 = fields.Image(related="own_partner_id.avatar_128")

    # a search looks at those messages only that it may show
    message_ids = fields.One2many(bypass_search_access=False)

    @api.model
    def _get_home_domain(self):
        """Domain of the people whose home company the reader works in."""
        if self.env.uid == SUPERUSER_ID:
            return fields.Domain.TRUE
        return fields.Domain("company_id", "in", self.env.companies.ids)

    def _is_home(self):
        """Tell whether the reader works in the home company of this person."""
        # what a form says that is not saved moves nobody
        person = self._origin or self
        return self.env.uid == SUPERUSER_ID or person.company_id in self.env.companies

    def _is_named(self):
        """Tell whether the reader may see the name. Distributors see names by the rules of the
        portal, which are others."""
        # sudo: how the network names people, which its own users see happen
        return (
            self.env.user.share
            or self._is_home()
            or self.network_id.sudo().names_elsewhere == "name"
        )

    def _get_told_code(self):
        """Return the code, to be said beside the contact: for who may know whose it is."""
        return self.code if self._is_named() else "…"

    @api.depends("partner_id", "company_id", "network_id.names_elsewhere")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_own_partner_id(self):
        for record in self:
            record.own_partner_id = record.partner_id if record._is_home() else False
            record.named_partner_id = record.partner_id if record._is_named() else False

    @api.depends("company_id")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_elsewhere(self):
        for record in self:
            record.elsewhere = not record._is_home() and self.env._(
                "Their home company is %s, which keeps this person's contact data, documents and "
                "history.",
                record.company_id.name,
            )

    def _search_own_partner_id(self, operator, value):
        return fields.Domain("partner_id", operator, value) & self._get_home_domain()

    def _search_named_partner_id(self, operator, value):
        domain = fields.Domain("partner_id", operator, value)
        return domain & self._get_home_domain() if self._has_unnamed() else domain

    @api.model
    def _has_unnamed(self):
        """Tell whether there are people whom the reader sees without their names."""
        if self.env.uid == SUPERUSER_ID or self.env.user.share:
            return False
        return self.env["mlm.network"]._hides_names(self.env.companies._ids)

    @api.model
    def _get_home_sql(self, alias):
        """SQL: the reader works in the home company of the distributor ``alias``."""
        if self.env.uid == SUPERUSER_ID:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", SQL.identifier(alias, "company_id"), self.env.companies.ids)

    @api.model
    def _get_name_column(self, alias, name):
        """SQL of a name that belongs to the distributor ``alias``, null where it is not shown."""
        if not self._has_unnamed():
            return name
        return SQL("CASE WHEN %s THEN %s END", self._get_home_sql(alias), name)

    @api.depends("code", "partner_id.name", "network_id.names_elsewhere")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_display_name(self):
        hidden = self._has_unnamed()
        # first of all people: it asks the right to read them, which a cache would not
        codes = [record.code for record in self]
        # sudo: who reads the membership, see above, reads the name that goes with it
        for record, person, code in zip(self, self.sudo(), codes, strict=True):
            name = "" if hidden and not record._is_named() else person.partner_id.name
            record.display_name = f"{code or ''} {name or ''}"

    # the contact itself tells the name, too

    def _field_to_sql(self, alias, field_expr, query=None):
        """In searches, groups and orders the contact of who is not named is none."""
        column = super()._field_to_sql(alias, field_expr, query)
        if field_expr == "partner_id" and not self.env.su:
            return self._get_name_column(alias, column)
        return column

    def _fetch_query(self, query, fields):
        contact = self._fields["partner_id"]
        if contact not in fields or self.env.su or not self._has_unnamed():
            return super()._fetch_query(query, fields)
        fetched = super()._fetch_query(query, [one for one in fields if one is not contact])
        # sudo: the cache is everybody's, the server's own code included
        people = fetched.sudo()
        super(MlmDistributor, people)._fetch_query(people._as_query(ordered=False), [contact])
        return fetched

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        fields = [
            ["named_partner_id", *path[1:]] if path[:1] == ["partner_id"] else path
            for path in fields
        ]
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        return self._without_unnamed(rows)

    def web_read(self, specification):
        return self._without_unnamed(super().web_read(specification))

    def _without_unnamed(self, rows):
        if any("partner_id" in row for row in rows):
            unnamed = set(self.filtered(lambda one: not one._is_named())._ids)
            for row in rows:
                if row["id"] in unnamed:
                    row["partner_id"] = False
        return rows

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return {one: one._is_home() and needed for one, needed in operations.items()}

    def _mail_group_by_operation_for_mail_message_operation(self, message_operation):
        groups = super()._mail_group_by_operation_for_mail_message_operation(message_operation)
        groups.pop(False, None)
        return groups

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # whoever follows gets the messages
        self.filtered(lambda one: not one._is_home()).check_access("write")
        return super().message_subscribe(partner_ids, subtype_ids)


class IrAttachment(models.Model):
    """Neither are the files with them: the letter behind a change, a certificate."""

    _inherit = "ir.attachment"

    @api.model
    def _mlm_get_kept_files(self):
        home = self.env["mlm.distributor"]._get_home_domain()
        return {**super()._mlm_get_kept_files(), "mlm.distributor": home}
