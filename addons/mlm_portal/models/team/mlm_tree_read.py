# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

#: Of people whom the reader may not know by name.
UNNAMED = ("name", "code", "photo", "pv", "cv", "sponsor")


class MlmTreeRead(models.AbstractModel):
    """The trees of a distributor: the own downline, and names as far as agreed.

    Who is named says `mlm.distributor._get_known_condition`.
    """

    _inherit = "mlm.tree.read"

    def _conceal(self, scope, cards):
        super()._conceal(scope, cards)
        if scope.viewer is None:
            return
        known = scope.viewer._get_known_ids([card["person"] for card in cards.values()])
        for card in cards.values():
            card["own"] = card["person"] == scope.viewer.id
            if card["person"] not in known:
                card.update(dict.fromkeys(UNNAMED, False))
            # no id of anybody leaves the server but those of the nodes
            card.pop("person")
            card.pop("sponsor", None)

    def _get_names(self, scope, nodes):
        found = super()._get_names(scope, nodes)
        if scope.viewer is not None:
            for one in found.values():
                one["name"] = one["name"] or self.env._("Member of your team")
        return found

    def _get_photo_url(self, scope, person, version):
        if scope.viewer is None:
            return super()._get_photo_url(scope, person, version)
        return f"/my/network/tree/photo/{person}?unique={version}"

    def _may_see_photo(self, scope, person):
        """Whether ``person`` is the reader, or a named person of the own team."""
        if person == scope.viewer:
            return True
        if person.kind == "customer" or person.state == "terminated":
            return False
        if not scope.viewer._get_known_ids(person.ids):
            return False
        own_path = scope.viewer.parent_path
        return person.network_id == scope.network and (
            person.parent_path.startswith(own_path) or self._is_placed_below(scope, person)
        )

    def _is_placed_below(self, scope, person):
        own = set(scope.viewer.position_ids.ids)
        return any(own.intersection(one._ancestor_ids()) for one in person.position_ids)

    def _get_searched(self, scope):
        if scope.viewer is None:
            return super()._get_searched(scope)
        column = SQL.identifier("c", "parent_path")
        return SQL(
            "(%s AND %s)",
            scope.viewer._get_path_range(column, scope.viewer.parent_path),
            scope.viewer._get_known_condition("c"),
        )

    def _get_found(self, scope, people):
        found = super()._get_found(scope, people)
        if scope.viewer is not None:
            for one in found:
                one["sponsor"] = False
        return found
