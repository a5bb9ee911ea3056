# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal


class MlmDistributor(models.Model):
    """Who is named to whom in the portal: one rule for trees, search, photos and report."""

    _inherit = "mlm.distributor"
    _guarded = ("shares_name",)

    shares_name = fields.Boolean(
        string="Name Shown Above",
        tracking=True,
        help="The person agreed that everybody above can see their name, code and city in the "
        "trees and the report of the portal. Otherwise only their sponsor can, unless the "
        "settings name the whole downline.",
    )

    def action_withdraw_name(self):
        """Take the consent back for somebody who asks staff to; only the person gives it."""
        self.check_access("write")
        as_internal(self).write({"shares_name": False})

    def _get_known_condition(self, alias):
        """Return the SQL condition of the people whom this person knows by name.

        Known are the person itself and, customers excepted, whoever it sponsored, whoever
        agreed to be named, and everybody where the company's policy says so (RULES 38).
        Callers see to it that the people are of the own downline.

        :param str alias: of `mlm_distributor` in the query
        """
        self.ensure_one()
        return SQL(
            """(%(member)s.id = %(own)s OR (%(member)s.kind <> 'customer'
                AND (%(member)s.sponsor_id = %(own)s OR %(member)s.shares_name OR %(all)s)))""",
            member=SQL.identifier(alias),
            own=self.id,
            all=self.company_id.mlm_portal_names == "downline",
        )

    def _get_still_below(self, people, tree):
        """Return the ids among ``people`` of those who are below this person today.

        :param people: ids of `mlm.distributor`
        :param tree: placement tree, or an empty one for the sponsor tree
        """
        self.ensure_one()
        people = [person for person in people if person]
        if not tree:
            self.flush_model(["parent_path"])
            query = SQL(
                """SELECT id FROM mlm_distributor
                    WHERE id = ANY(%s) AND starts_with(parent_path, %s)""",
                people,
                self.parent_path,
            )
        else:
            # upwards, since the people are few: no join inside the recursion (`mlm.position`)
            self.env["mlm.position"].flush_model(["parent_id", "distributor_id", "tree_id"])
            query = SQL(
                """WITH RECURSIVE above(person, node) AS (
                       SELECT distributor_id, id FROM mlm_position
                        WHERE tree_id = %s AND distributor_id = ANY(%s)
                   UNION
                       SELECT person, (SELECT parent_id FROM mlm_position p WHERE p.id = node)
                         FROM above WHERE node IS NOT NULL
                   )
                   SELECT person FROM above WHERE node = ANY(%s)""",
                tree.id,
                people,
                self.position_ids.filtered(lambda one: one.tree_id == tree).ids,
            )
        return {self.id, *(person for (person,) in self.env.execute_query(query))}

    def _get_known_ids(self, people):
        """Return the ids among ``people`` of those whom this person knows by name.

        :param people: ids of `mlm.distributor`
        """
        self.flush_model(["kind", "sponsor_id", "shares_name"])
        rows = self.env.execute_query(
            SQL(
                "SELECT c.id FROM mlm_distributor c WHERE c.id = ANY(%s) AND %s",
                [person for person in people if person],
                self._get_known_condition("c"),
            )
        )
        return {person for (person,) in rows}
