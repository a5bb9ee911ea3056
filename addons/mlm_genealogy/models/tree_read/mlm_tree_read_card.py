from dataclasses import replace

from odoo import models
from odoo.tools import SQL


class MlmTreeRead(models.AbstractModel):
    """The cards: what is shown of a person, for a whole page at once."""

    _inherit = "mlm.tree.read"

    def _get_cards(self, scope, nodes, pages=()):
        """``{node: card}``, see the contract.

        :param pages: children that are known already, as `_get_children` gives them
        """
        nodes = list(dict.fromkeys(nodes))
        if not nodes:
            return {}
        cards = self._get_plain_cards(scope, nodes)
        for node in cards.keys() & set(pages):
            cards[node]["children"] = pages[node]["total"]
        self._card_data(scope, cards)
        self._conceal(scope, cards)
        return cards

    def _get_plain_cards(self, scope, nodes):
        source = self._source(scope)
        closed = self._closed(scope)
        rows = self.env.execute_query(
            SQL(
                """SELECT %(node)s, c.id, c.code, person.name, c.kind, c.state, c.sponsor_id,
                          %(slot)s, %(closed)s
                     FROM %(link)s %(people)s
                     JOIN res_partner person ON person.id = c.partner_id
                    WHERE %(node)s = ANY(%(nodes)s) AND %(valid)s""",
                nodes=nodes,
                closed=closed,
                **{key: source[key] for key in ("node", "slot", "link", "people", "valid")},
            )
        )
        readable = self._get_readable(scope, [row[1] for row in rows])
        return {
            node: {
                "id": node,
                "person": person,
                "code": code,
                "name": name,
                "kind": kind,
                "state": state,
                "sponsor": sponsor or False,
                "slot": slot or False,
                "closed": closed_spot,
            }
            for node, person, code, name, kind, state, sponsor, slot, closed_spot in rows
            if person in readable
        }

    def _closed(self, scope):
        """Condition of a spot whose owner has left."""
        if not scope.tree:
            return SQL("FALSE")
        if scope.at:
            return self._gone(scope)
        return SQL("(p.state = 'closed' OR %s)", self._gone(scope))

    def _get_readable(self, scope, people):
        if scope.viewer is not None:
            return set(people)
        # the company rule and whatever rules an installation adds
        return set(self.env["mlm.distributor"].search([("id", "in", people)])._ids)

    def _card_data(self, scope, cards):
        """Add figures to ``cards``; each in one query for all of them.

        Modules above extend this; a key is documented in the contract. A card of a
        closed spot stays as it is: `_get_open` leaves them out.

        :param scope: `Scope`
        :param dict cards: ``{node: card}``, changed in place
        """
        self._add_states(scope, cards)
        self._add_photos(scope, cards)
        self._add_frontline(scope, cards)
        children = self._count_children(
            scope, [node for node, card in cards.items() if "children" not in card]
        )
        for node, card in cards.items():
            card.setdefault("children", children.get(node, 0))
        self._add_branches(scope, cards)

    def _get_open(self, cards):
        """Cards of people, ``{distributor id: [card]}``, without closed spots."""
        found = {}
        for card in cards.values():
            if not card["closed"]:
                found.setdefault(card["person"], []).append(card)
        return found

    def _add_states(self, scope, cards):
        if not scope.at:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT c.id, %s FROM mlm_distributor c WHERE c.id = ANY(%s)",
                self._state_at(scope),
                [card["person"] for card in cards.values()],
            )
        )
        states = dict(rows)
        for card in cards.values():
            card["state"] = states.get(card["person"]) or "active"

    def _add_photos(self, scope, cards):
        """Addresses of photos, of people who have one."""
        people = self._get_open(cards)
        rows = self.env.execute_query(
            SQL(
                """SELECT c.id, photo.id FROM mlm_distributor c
                     JOIN ir_attachment photo ON photo.res_model = 'res.partner'
                      AND photo.res_field = 'image_128' AND photo.res_id = c.partner_id
                    WHERE c.id = ANY(%s)""",
                list(people),
            )
        )
        photos = dict(rows)
        for person, own in people.items():
            for card in own:
                photo = photos.get(person)
                card["photo"] = photo and self._get_photo_url(scope, person, photo)

    def _get_photo_url(self, scope, person, version):
        return f"/web/image/mlm.distributor/{person}/avatar_128?unique={version}"

    def _add_frontline(self, scope, cards):
        """How many people each one sponsors."""
        people = self._get_open(cards)
        sponsored = replace(scope, tree=scope.tree.browse())
        counts = self._count_children(sponsored, list(people))
        for person, own in people.items():
            for card in own:
                card["frontline"] = counts.get(person, 0)

    def _conceal(self, scope, cards):
        """Take away what the reader may not see: whose a closed spot was, and with staff
        the photos of people of other companies, and their names where the network says so."""
        if scope.viewer is None and scope.network._is_shared():
            home = self._get_home_ids([card["person"] for card in cards.values()])
            unnamed = {"name": False} if scope.network.names_elsewhere == "code" else {}
            for card in cards.values():
                if card["person"] not in home:
                    card.update(photo=False, **unnamed)
        for card in cards.values():
            if card["closed"]:
                card.update(name=False, code=False, photo=False, person=False, frontline=0)

    def _get_home_ids(self, people):
        """Ids of the people whose home company the reader works in."""
        # sudo: only which of the given people are at home here
        Distributor = self.env["mlm.distributor"].sudo()
        return set(Distributor.search([("id", "in", people), *Distributor._get_home_domain()])._ids)

    def _get_names(self, scope, nodes):
        """``{node: {"name", "code"}}`` of some nodes, without closed spots' names."""
        cards = self._get_plain_cards(scope, nodes) if nodes else {}
        self._conceal(scope, cards)
        return {node: {"name": card["name"], "code": card["code"]} for node, card in cards.items()}
