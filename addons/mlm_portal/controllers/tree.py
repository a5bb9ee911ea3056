# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from odoo.addons.mlm_genealogy.scope import Scope

from .network import NetworkPortal


def _is_id(value):
    """Whether a request names a number that a database has room for, or nothing."""
    return value in (None, False) or (type(value) is int and abs(value) < 2**31)


def ensure(*true):
    """Answer like a page that does not exist unless all is true."""
    if not all(true):
        raise request.not_found()


class NetworkTree(NetworkPortal):
    """The trees of the reader: own downline only, whatever the ids of a request say."""

    def _network_scope(self, tree_id=False):
        """What the reader may see, or None; the past is not the reader's.

        The downline of a past date may hold people who have gone to somebody else.
        """
        # sudo record, but the reader's own enrolment only; it bounds every answer
        distributor = self._network_member()
        if not distributor:
            return None
        tree = distributor.position_ids.tree_id.filtered(lambda one: one.id == tree_id)
        if tree_id and not tree:
            return None
        return Scope(distributor.network_id, tree, viewer=distributor)

    def _network_reader(self, scope):
        if scope is None:
            raise request.not_found()
        return scope.viewer.env["mlm.tree.read"]

    @route("/my/network/team/tree", type="http", auth="user", website=True, readonly=True)
    def network_tree(self, **kwargs):
        """The page of the trees; the component asks for its data itself."""
        distributor = self._network_member()
        return self._network_render("mlm_portal.team_tree", distributor, page_name="mlm_team")

    @route("/my/network/tree/trees", type="jsonrpc", auth="user", readonly=True)
    def network_trees(self):
        """The sponsor tree and the trees in which the reader has a position."""
        scope = self._network_scope()
        return self._network_reader(scope)._trees(scope)

    @route("/my/network/tree/page", type="jsonrpc", auth="user", readonly=True)
    def network_tree_page(self, tree_id=False, node_id=False, offset=0, limit=20, options=None):
        """A page of a tree, as `mlm.tree.read` answers it."""
        scope = self._network_scope(tree_id)
        reader = self._network_reader(scope)
        ensure(_is_id(node_id), _is_id(offset), _is_id(limit), isinstance(options or {}, dict))
        return reader._page(scope, node_id, offset, limit, options)

    @route("/my/network/tree/path", type="jsonrpc", auth="user", readonly=True)
    def network_tree_path(self, person_id, tree_id=False):
        """The tree opened down to a person of the own team."""
        scope = self._network_scope(tree_id)
        reader = self._network_reader(scope)
        ensure(_is_id(person_id))
        return reader._path(scope, person_id)

    @route("/my/network/tree/search", type="jsonrpc", auth="user", readonly=True)
    def network_tree_search(self, text, limit=10):
        """People of the own team by code or name."""
        scope = self._network_scope()
        reader = self._network_reader(scope)
        ensure(isinstance(text, str), _is_id(limit))
        return reader._find_matches(scope, text.replace("\0", ""), limit)

    @route("/my/network/tree/photo/<int:person_id>", type="http", auth="user", readonly=True)
    def network_tree_photo(self, person_id, **kwargs):
        """Photo of a person of the own team whom the reader knows by name."""
        scope = self._network_scope()
        reader = self._network_reader(scope)
        person = scope.viewer.browse(person_id).exists()
        if not person or not reader._may_see_photo(scope, person):
            raise request.not_found()
        return request.env["ir.binary"]._get_image_stream_from(person, "avatar_128").get_response()
