from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scope import Scope

#: Children of one parent in one answer.
PAGE = 20
PAGE_LIMIT = 100
#: Children of each parent below the first level of an answer.
INNER_PAGE = 10
LEVEL_LIMIT = 5
#: Cards of one answer; levels that would exceed it stay closed.
CARD_LIMIT = 200
#: Levels above a person that are opened to show where the person is.
PATH_LEVELS = 8
#: People of the upline who are named: the topmost and the nearest.
_FAR, _NEAR = 2, 6


class MlmTreeRead(models.AbstractModel):
    """The trees as screens draw them: pages of cards, never a whole network.

    Contract with the shapes: ``docs/contracts/genealogy.md``. A *node* is the id of a
    distributor in the sponsor tree and of a position in a placement tree. Modules above
    add figures to the cards by `_card_data`.
    """

    _name = "mlm.tree.read"
    _description = "Reading of the Trees"

    # -- the back office -----------------------------------------------------

    @api.model
    @api.readonly
    def get_page(self, tree_id=False, node_id=False, offset=0, limit=PAGE, at=None, options=None):
        """A page of a tree for staff, see `_page`; ``at`` is a day, ``"2026-09-01"``."""
        scope = self._staff_scope(tree_id, at)
        return self._page(scope, node_id, offset, limit, options)

    @api.model
    @api.readonly
    def get_path(self, person_id, tree_id=False, at=None):
        """The opened path to a person for staff, see `_path`."""
        return self._path(self._staff_scope(tree_id, at), person_id)

    @api.model
    @api.readonly
    def get_matches(self, text, limit=10):
        """People found by code or name for staff, see `_search`."""
        return self._find_matches(self._staff_scope(False, None), text, limit)

    @api.model
    @api.readonly
    def get_trees(self):
        """The trees that staff may look at, see `_trees`."""
        return self._trees(self._staff_scope(False, None))

    def _staff_scope(self, tree_id, at):
        self.env["mlm.distributor"].check_access("read")
        tree = self.env["mlm.tree"].browse(tree_id or []).exists()
        if tree_id and not tree:
            raise UserError(self.env._("This tree no longer exists. Reload the page."))
        tree.check_access("read")
        # sudo: of which network the company is, nothing else
        network = tree.network_id or self.env.company.sudo().mlm_network_id
        return Scope(network, tree, self._get_moment(network, at))

    @api.model
    def _get_moment(self, network, day):
        """The end of a day of the network as naive UTC; None for today and later."""
        if not day:
            return None
        day = fields.Date.to_date(day)
        zone = ZoneInfo(network.tz)
        if day >= network._local_date(fields.Datetime.now()):
            return None
        end = datetime.combine(day + timedelta(days=1), time(), zone)
        return end.astimezone(ZoneInfo("UTC")).replace(tzinfo=None) - timedelta(seconds=1)

    # -- shared by back office and portal ------------------------------------

    @api.model
    def _trees(self, scope):
        """The trees one can switch between.

        :return: ``[{"id", "name", "kind", "width"}]``, the sponsor tree first with id False
        """
        trees = self.env["mlm.tree"].search([("network_id", "=", scope.network.id)])
        if scope.viewer is not None:
            trees &= scope.viewer.position_ids.tree_id
        return [
            self._tree_dict(Scope(scope.network, tree, scope.at, scope.viewer))
            for tree in (trees.browse(), *trees)
        ]

    def _tree_dict(self, scope):
        tree = scope.tree
        return {
            "id": tree.id or False,
            "name": tree.name or self.env._("Sponsor Tree"),
            "kind": scope.kind,
            "width": (tree and tree._get_width()) or False,
        }

    @api.model
    def _page(self, scope, node=False, offset=0, limit=PAGE, options=None):
        """Cards of the children of ``node``, or of the tops of the tree.

        :param scope: `Scope`
        :param int node: the parent; False for the top of what the reader may see
        :param int offset: children to skip, for "show more"
        :param int limit: children at most, up to 100
        :param dict options: ``levels``: levels below the top to open, 1 by default;
            ``person``: id of a distributor to take as the top instead of ``node``
        :raise UserError: the node is none that the reader may see
        :return: dict, see the contract
        """
        options = options or {}
        offset, limit = max(0, int(offset or 0)), max(1, min(int(limit or PAGE), PAGE_LIMIT))
        levels = max(1, min(int(options.get("levels") or 1), LEVEL_LIMIT))
        if options.get("person") and not node:
            node = self._get_node(scope, int(options["person"]))
        self._flush()
        tops = [self._ensure_visible(scope, int(node))] if node else self._get_tops(scope)
        if not offset:
            return self._answer(scope, tops, limit, levels)
        children = self._get_children(scope, tops, offset, limit)
        return {
            "tops": tops,
            "children": children,
            "cards": self._get_cards(scope, self._ids_of(children)),
        }

    @api.model
    def _path(self, scope, person):
        """The tree opened down to a person.

        :param int person: id of a distributor
        :raise UserError: not in this tree, or nobody the reader may see
        :return: as `_page`, with ``focus``: the node found
        """
        self._flush()
        node = self._ensure_visible(scope, self._get_node(scope, int(person)))
        path = [node, *self._get_ancestors(scope, node)][: PATH_LEVELS + 1]
        answer = self._answer(scope, path[-1:], PAGE, 1, list(reversed(path)))
        return {**answer, "focus": node}

    def _answer(self, scope, tops, limit, levels, path=()):
        children = self._open(scope, tops, limit, levels, path)
        return {
            "tree": self._tree_dict(scope),
            "at": scope.at and fields.Date.to_string(scope.network._local_date(scope.at)),
            "tops": tops,
            "focus": False,
            "upline": self._get_upline(scope, tops[0]) if len(tops) == 1 else [],
            "children": children,
            "cards": self._get_cards(scope, [*tops, *self._ids_of(children)], children),
            "legend": self._get_legend(scope),
        }

    def _open(self, scope, tops, limit, levels, path):
        """Pages of children, level by level, as far as the cards allow; along ``path``
        every page holds the next node of the path, too."""
        children = {}
        parents, count, level = tops, len(tops), 0
        while parents and (level < levels or level < len(path) - 1):
            size = INNER_PAGE if level else limit
            if level and count + len(parents) * size > CARD_LIMIT:
                # a level is opened as a whole or only along the path
                parents = [one for one in parents if one in path[:-1]]
            found = self._get_children(scope, parents, 0, size, path[level + 1 : level + 2])
            children.update(found)
            count += sum(len(page["ids"]) for page in found.values())
            level += 1
            parents = self._ids_of(found)
            if level >= levels:
                parents = [one for one in parents if one in path[:-1]]
        return children

    def _ids_of(self, children):
        return [one for page in children.values() for one in page["ids"]]

    def _get_upline(self, scope, node):
        """The people above, topmost first, of whom a long row leaves out the middle.

        :return: ``[{"id", "name", "code"}]``, with ``{"hidden": count}`` for a gap; id
            False is nobody to be opened
        """
        above = self._get_ancestors(scope, node)[::-1]
        shown = above
        if len(above) > _FAR + _NEAR + 1:
            shown = [*above[:_FAR], *above[-_NEAR:]]
        names = self._get_names(scope, shown)
        crumbs = [{"id": one, **names[one]} for one in shown if one in names]
        if len(shown) < len(above):
            crumbs.insert(_FAR, {"hidden": len(above) - len(shown)})
        return self._outer_upline(scope) + crumbs

    def _outer_upline(self, scope):
        """Whoever is named above the tops of the reader: the direct sponsor."""
        if scope.viewer is None or not scope.viewer.sponsor_id:
            return []
        return [{"id": False, "name": scope.viewer.sponsor_id.name, "code": False}]

    def _get_legend(self, scope):
        """What the figures of the cards are about; modules above add to it.

        :return: ``{"states": {state: label}, "can_place": bool, "colours": [name]}``
        """
        states = self.env["mlm.distributor"]._fields["state"]._description_selection(self.env)
        kinds = self.env["mlm.distributor"]._fields["kind"]._description_selection(self.env)
        wizard = self.env["mlm.place.wizard"]
        return {
            "states": dict(states),
            "kinds": dict(kinds),
            "colours": ["state"],
            "can_place": scope.viewer is None and not scope.at and wizard.has_access("create"),
        }
