from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.mlm_base.internal import as_internal, is_internal, is_system

from ...fields import PathChar

KINDS = [
    ("distributor", "Distributor"),
    ("preferred", "Preferred Customer"),
    ("customer", "Customer"),
]
#: of the membership; who is active, and who not, is said of a cycle
STATES = [
    ("active", "Enrolled"),
    ("suspended", "Suspended"),
    ("deceased", "Deceased"),
    ("terminated", "Terminated"),
]
TREATMENTS = [
    ("earn", "Earns and is paid"),
    ("hold", "Earns, payout held"),
    ("compress", "Earns nothing, compressed"),
]
# who reads more of a person than name, code and place
PEOPLE = "mlm_base.group_people"
# what changes only together with links and events, or never
GUARDED = {
    "code",
    "company_id",
    "network_id",
    "partner_id",
    "sponsor_id",
    "sponsor_version",
    "parent_path",
    "is_root",
    "kind",
    "state",
    "treatment",
    "merged_into_id",
    "joined_at",
    "join_date",
    "holding_since",
}
# of these an enrolment is told the values; all others follow from its operations
ENROLLED = {"code", "company_id", "partner_id", "sponsor_id", "is_root", "kind", "joined_at"}
# keys of an enrolment by which the server says what it has checked: no call from outside does
SERVER_KEYS = {"acceptance", "examined"}
# events that a timeline shows at most
_TIMELINE = 200


class MlmDistributor(models.Model):
    """A person's membership in a network, by a contract with one of its companies.

    ``sponsor_id`` and ``parent_path`` are caches of the open links of the sponsor
    tree (`mlm.link`), which are the truth; a law compares them. Nobody is ever
    deleted.
    """

    _name = "mlm.distributor"
    _description = "Distributor"
    _inherit = ["mlm.guarded", "mlm.of.network", "mail.thread"]
    _order = "code, id"
    _parent_name = "sponsor_id"
    _parent_store = True
    _rec_names_search = ["code", "partner_id.name"]
    _check_company_auto = True
    _guarded = GUARDED
    _same_network = ("sponsor_id", "merged_into_id")

    code = fields.Char(readonly=True, copy=False, required=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Home Company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        help="The company of the network that the contract is with: it withholds tax and pays.",
    )
    kind = fields.Selection(KINDS, required=True, default="distributor", index=True)
    state = fields.Selection(
        STATES, required=True, default="active", readonly=True, copy=False, index=True
    )
    treatment = fields.Selection(
        TREATMENTS,
        required=True,
        default="earn",
        readonly=True,
        copy=False,
        help="What happens to the earnings: it depends on the state and, in a suspension, on its "
        "reason.",
    )
    merged_into_id = fields.Many2one(
        "mlm.distributor",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The membership that continues, when the same person was enrolled twice.",
    )
    joined_at = fields.Datetime(
        string="Joined on",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    join_date = fields.Date(
        compute="_compute_join_date",
        store=True,
        help="Day of enrolment in the network's time zone.",
    )

    sponsor_id = fields.Many2one(
        "mlm.distributor",
        index=True,
        ondelete="restrict",
        copy=False,
    )
    child_ids = fields.One2many("mlm.distributor", "sponsor_id", string="Frontline")
    parent_path = PathChar(index=True)
    sponsor_version = fields.Integer(
        default=0,
        required=True,
        readonly=True,
        copy=False,
        help="Counts enrolments and moves under this person, so that two of them at"
        " the same time cannot both succeed on an outdated path.",
    )
    is_root = fields.Boolean(
        string="Marked as root",
        readonly=True,
        copy=False,
        help="Heads a tree of its own besides the first root of the network.",
    )
    level = fields.Integer(compute="_compute_level", help="Zero for a root.")
    frontline_count = fields.Integer(compute="_compute_frontline_count")

    position_ids = fields.One2many("mlm.position", "distributor_id", string="Positions")
    position_count = fields.Integer(compute="_compute_position_count")
    event_ids = fields.One2many(
        "mlm.genealogy.event", "distributor_id", string="Timeline", groups=PEOPLE
    )
    link_ids = fields.One2many("mlm.link", "distributor_id", string="Links")

    _code_uniq = models.Constraint(
        "UNIQUE(network_id, code)", "This code already belongs to somebody else."
    )
    _partner_uniq = models.Constraint(
        "UNIQUE(network_id, partner_id)",
        "This person is already enrolled in this network.",
    )
    _root_uniq = models.UniqueIndex(
        "(network_id) WHERE sponsor_id IS NULL AND is_root IS NOT TRUE AND state != 'terminated'",
        "The network already has a root: choose a sponsor.",
    )
    _root_has_no_sponsor = models.Constraint(
        "CHECK(is_root IS NOT TRUE OR sponsor_id IS NULL)",
        "A root has no sponsor.",
    )
    _customer_has_sponsor = models.Constraint(
        "CHECK(kind = 'distributor' OR sponsor_id IS NOT NULL OR state = 'terminated')",
        "Only a distributor can be without a sponsor.",
    )

    @api.depends("joined_at")
    def _compute_join_date(self):
        for record in self:
            record.join_date = record.network_id._local_date(record.joined_at)

    @api.depends("parent_path")
    def _compute_level(self):
        for record in self:
            record.level = (record.parent_path or "/").count("/") - 1

    @api.depends("child_ids")
    def _compute_frontline_count(self):
        counts = dict(
            self._read_group([("sponsor_id", "in", self.ids)], ["sponsor_id"], ["__count"])
        )
        for record in self:
            record.frontline_count = counts.get(record._origin, 0)

    @api.depends("position_ids")
    def _compute_position_count(self):
        for record in self:
            record.position_count = len(record.position_ids)

    @api.constrains("sponsor_id", "kind")
    def _check_sponsor_kind(self):
        for record in self:
            if record.sponsor_id.kind == "customer":
                raise ValidationError(
                    self.env._(
                        "%(sponsor)s is a customer and cannot sponsor anybody. Choose a "
                        "distributor as sponsor of %(name)s.",
                        sponsor=record.sponsor_id.display_name,
                        name=record.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if is_internal(self.env):
            return super().create(vals_list)
        self._ensure_may_enrol_so(vals_list)
        return self._enrol(vals_list)

    def _ensure_may_enrol_so(self, vals_list):
        """Refuse what only a manager decides: the past, and who heads a tree."""
        for vals in vals_list:
            if SERVER_KEYS.intersection(vals):
                raise AccessError(
                    self.env._(
                        "Enrol with the form of %(menu)s: it shows what was accepted.",
                        menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_genealogy.menu_distributor"),
                    )
                )
        if is_system(self.env) or self.env.user.has_group("mlm_base.group_manager"):
            return
        for vals in vals_list:
            if (
                vals.get("joined_at")
                or vals.get("is_root")
                or (vals.get("placement") or {}).get("at")
            ):
                raise AccessError(
                    self.env._("Only a manager can enrol somebody for another date, or as a root.")
                )

    def _get_guarded_message(self, names):
        if "sponsor_id" in names:
            return self.env._(
                "The sponsor cannot be edited: a sponsor change needs an effective date and a "
                "reason, and is recorded in the history."
            )
        labels = [self._fields[name].get_description(self.env)["string"] for name in names]
        return self.env._(
            "%(fields)s of a distributor cannot be edited. Enrolment sets them, and the "
            "distributor's actions change them, with a reason.",
            fields=", ".join(labels),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Nobody can be deleted from the network: %(name)s stays part of its history. "
                "Suspend the person instead.",
                name=self[:1].display_name,
            )
        )

    def copy_data(self, default=None):
        raise UserError(self.env._("A distributor cannot be duplicated: enrol somebody."))

    @api.model
    def _current_for_user(self, user):
        """Return the distributor who logs in as ``user``, in the network of the current
        company: the own membership, the one into which it was merged, or the one that is co-held;
        none of somebody deceased.

        Portal users read no model of the network: controllers call this, check what
        they show, and go on with the sudo record that it returns.
        """
        # sudo: the result is the user's own membership and nothing else
        own = self.sudo().search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("network_id", "=", self.env.company.sudo().mlm_network_id.id),
            ],
            limit=1,
        )
        while own.merged_into_id:
            own = own.merged_into_id
        # sudo: as above, of whom the user holds a share
        found = own or self.browse().sudo()._get_co_held(user.partner_id)
        # after a death nobody logs in until an heir has taken over
        return found.filtered(lambda member: member.state != "deceased")

    def _record_event(
        self,
        kind,
        effective,
        reason=False,
        before=None,
        after=None,
        position=None,
        cause=None,
        document=None,
    ):
        """Add one row to the history of each of these people.

        :param dict before: codes and ids only, never personal text
        :param cause: the event that brought this one about
        :param document: `ir.attachment` that shows why
        :return: the events, as sudo records
        """
        # sudo: nobody may write the history by hand; the author stays the user
        return as_internal(self.env["mlm.genealogy.event"].sudo()).create(
            [
                {
                    "kind": kind,
                    "distributor_id": record.id,
                    "company_id": record.company_id.id,
                    "network_id": record.network_id.id,
                    "position_id": position.id if position else False,
                    "effective_at": effective,
                    "reason": reason,
                    "before": before,
                    "after": after,
                    "cause_id": cause.id if cause else False,
                    "attachment_id": document.id if document else False,
                }
                for record in self
            ]
        )

    @api.readonly
    def get_timeline(self, kinds=None, limit=20):
        """Return the newest events of this person, for the timeline of the form.

        :param list kinds: only events of these kinds
        :return: ``{"events": [...], "total": int, "kinds": [{"kind", "label", "count"}]}``;
            an event has ``id``, ``kind``, ``label``, ``summary``, ``reason``, ``effective``
            and ``recorded`` (naive UTC as text), ``author``, ``document`` (``{"id",
            "name"}`` or False), ``cause`` (``{"label", "who"}`` or False), and what it
            brought about: ``effects`` (``[{"id", "label", "who", "summary"}]``, without
            ``who`` for the own ones) and ``effect_count``
        """
        self.ensure_one()
        self.check_access("read")
        Event = self.env["mlm.genealogy.event"]
        mine = fields.Domain("distributor_id", "=", self.id)
        if kinds:
            shown = mine & fields.Domain("kind", "in", kinds)
        else:
            # what an own event brought about is told below that event
            shown = mine & (
                fields.Domain("cause_id", "=", False)
                | fields.Domain("cause_id.distributor_id", "!=", self.id)
            )
        labels = dict(Event._fields["kind"]._description_selection(self.env))
        counts = Event._read_group(mine, ["kind"], ["__count"], order="__count desc, kind")
        events = Event.search(shown, limit=min(limit, _TIMELINE))
        effects = events._get_effects()
        return {
            "total": Event.search_count(shown),
            "kinds": [
                {"kind": kind, "label": labels[kind], "count": count} for kind, count in counts
            ],
            "events": [event._get_timeline_item(effects[event.id]) for event in events],
        }
