# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

IN_FORCE = ("published", "active", "retired")
SECTIONS = {"bonus": "bonuses", "rank": "ranks", "package": "packages"}


class MlmPlanVersion(models.Model):
    """What people hold under one version, and what it is called under the next.

    Volume carried, titles and packages name bonuses, ranks and packages by code. A
    version says for each code of the version before what it is called from now on
    (itself, unless said otherwise), shows what would be lost, and is published once
    somebody has confirmed that (RULES 11).
    """

    _inherit = "mlm.plan.version"

    previous_id = fields.Many2one(
        "mlm.plan.version",
        string="Version before",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    crossing_ids = fields.One2many("mlm.plan.crossing", "version_id", string="What carries over")
    crossing_confirmed_by_id = fields.Many2one(
        "res.users",
        string="Transition confirmed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    crossing_confirmed_at = fields.Datetime(
        string="Transition confirmed on", readonly=True, copy=False
    )

    def write(self, vals):
        result = super().write(vals)
        if "document" in vals:
            self._write_step({"crossing_confirmed_by_id": False, "crossing_confirmed_at": False})
        return result

    # -- names from one version to the next ------------------------------

    def _carried_code(self, section, code, source=None):
        """Code that a ``bonus``, ``rank`` or ``package`` of an earlier version has here.

        :param section: ``bonus``, ``rank`` or ``package``
        :param code: its code in ``source``
        :param source: version that the code is from, by default the one before this.
            Versions between them are gone through one by one
        :return: the code here, ``None`` when it is lost
        """
        self.ensure_one()
        known = {item["code"] for item in self._plan()[SECTIONS[section]]}
        chain = self._chain_from(source)
        for version in chain:
            crossing = version._crossing_codes(section)
            code = crossing.get(code, code)
            if code is None:
                return None
        return code if code in known else None

    def _carried_packages(self):
        """``{code of a package in any earlier version: code here or None}``."""
        self.ensure_one()
        known = self.previous_id._carried_packages() if self.previous_id else {}
        crossing = self._crossing_codes("package")
        here = {item["code"] for item in self._plan()["packages"]}
        carried = {old: crossing.get(code, code) if code else None for old, code in known.items()}
        carried = {old: code if code in here else None for old, code in carried.items()}
        return {**carried, **{code: code for code in here if code not in carried}}

    def _chain_from(self, source):
        """Versions to cross from ``source`` to this one, the oldest first."""
        if source == self:
            return self.browse()
        if source is None:
            return self
        chain, version = [], self
        while version and version != source:
            chain.append(version.id)
            version = version.previous_id
        # a version that is none of its predecessors: the codes as they are
        return self.browse(reversed(chain)) if version else self.browse()

    def _crossing_codes(self, section):
        """``{code before: code here or None}`` of this version's own crossing."""
        # sudo: the crossing belongs to the version that the caller has
        return {
            crossing.code_from: crossing.code_to or None
            for crossing in self.sudo().crossing_ids
            if crossing.section == section
        }

    # -- preview ---------------------------------------------------------

    def _find_previous(self):
        """Version of the network in force just before this one."""
        self.ensure_one()
        # sudo: the version before, for findings and computing, whoever asks
        return self.sudo().search(
            [
                ("network_id", "=", self.network_id.id),
                ("state", "in", IN_FORCE),
                ("valid_from", "<=", self.valid_from),
                ("id", "!=", self.id),
            ],
            order="valid_from desc, version desc",
            limit=1,
        )

    def action_preview_crossing(self):
        """Show what crosses and what is lost, with what is held today."""
        self.check_access("write")
        for version in self:
            version._ensure_not_in_force()
            version._prepare_crossing()

    def _prepare_crossing(self):
        """One line for each code of the version before; chosen codes are kept."""
        self.ensure_one()
        previous = self._find_previous()
        chosen = {}
        if previous == self.previous_id:
            chosen = {(one.section, one.code_from): one.code_to for one in self.crossing_ids}
        self._write_step({"previous_id": previous.id})
        # sudo: the lines follow from both plans; callers have checked the right to write
        crossings = self.sudo().crossing_ids
        crossings.unlink()
        if not previous:
            return
        held = previous._held()
        for section, key in SECTIONS.items():
            here = {item["code"] for item in self._plan()[key]}
            for number, item in enumerate(previous._plan()[key]):
                code = item["code"]
                code_to = chosen.get((section, code), code)
                count, carried = held.get((section, code), (0, 0))
                crossing = as_internal(crossings).create(
                    {
                        "version_id": self.id,
                        "section": section,
                        "sequence": number,
                        "code_from": code,
                        "name_from": item["name"]["en"],
                        "code_to": code_to if code_to in here else False,
                        "holder_count": count,
                        "carried_e4": carried,
                    }
                )
                self._translate(crossing, "name_from", item["name"])

    def _held(self):
        """``{(section, code): (holders, volume carried e4)}``: packages that were bought;
        extended by what computes ranks and carries volume."""
        self.ensure_one()
        self.env.flush_all()
        held = {}
        self.env.cr.execute(
            """
            SELECT p.code, count(DISTINCT e.buyer_id)
              FROM mlm_volume_entry e JOIN mlm_package p ON p.id = e.package_id
             WHERE e.network_id = %s AND e.origin_id IS NULL
             GROUP BY p.code
            """,
            [self.network_id.id],
        )
        for code, count in self.env.cr.fetchall():
            held["package", code] = (count, 0)
        return held

    def action_confirm_crossing(self):
        """What is shown may happen."""
        self.check_access("write")
        for version in self:
            version._ensure_not_in_force()
            version._prepare_crossing()
            if version.previous_id:
                version._write_step(
                    {
                        "crossing_confirmed_by_id": self.env.uid,
                        "crossing_confirmed_at": self.env.cr.now(),
                    }
                )

    def _ensure_not_in_force(self):
        for version in self:
            version._ensure_state("draft", "validated")

    def _ensure_crossing_codes(self):
        """Two codes may become one; a code that does not exist here is a mistake."""
        self.ensure_one()
        plan = self._plan()
        for crossing in self.crossing_ids:
            codes = [item["code"] for item in plan[SECTIONS[crossing.section]]]
            if crossing.code_to and crossing.code_to not in codes:
                raise UserError(
                    self.env._(
                        "%(version)s has no %(section)s “%(code)s”. Known: %(known)s. Leave it "
                        "empty to drop what is held under “%(before)s”.",
                        version=self.display_name,
                        section=dict(crossing._fields["section"]._description_selection(self.env))[
                            crossing.section
                        ].lower(),
                        code=crossing.code_to,
                        known=", ".join(codes),
                        before=crossing.code_from,
                    )
                )

    def _ensure_crossing(self):
        """The crossing that was confirmed is from the version that is in force now."""
        self.ensure_one()
        previous = self._find_previous()
        if previous and (not self.crossing_confirmed_by_id or previous != self.previous_id):
            raise UserError(
                self.env._(
                    "First confirm what carries over from %(previous)s to %(version)s, on the "
                    "“Transition” page.",
                    previous=previous.display_name,
                    version=self.display_name,
                )
            )
