from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...formats import Formats

ROOMS = ("network", "commissions")


class MlmToday(models.AbstractModel):
    """The board that each role begins the day with: what waits, and the next thing to do.

    Add-ons extend `_get_cards`. A card is a dict:

    * ``code``, ``title``, ``text`` (one sentence), ``sequence`` (the lower, the earlier)
    * ``tone``: "danger", "warning", "info", "success" or "muted"; ``icon``: class of an icon
    * ``waits``: whether it is something to do, or only something to know
    * ``count``, or ``amount`` as people read it
    * ``open``: ``{"action": XML id of a window, "domain"}``, or ``{"model", "id"}`` of a form
    * ``button``: ``{"label", "action", "context"}``, ``{"label", "open"}``, or
      ``{"label", "model", "method", "ids"}`` with ``confirm``, a question to ask before
    * ``owners``: ``[{"label", "count"}]``, in whose hands it is, the most first
    * ``facts``: ``[{"label", "value"}]``; ``note``: of when the facts are
    * ``meters``: ``[{"label", "text", "value", "limit"}]``, percentages; no limit: 0
    * ``trend``: ``{"label", "bars": [{"label", "value", "text"}]}``

    All is read with the rights of the reader: what one may not read is no card.
    """

    _name = "mlm.today"
    _description = "Today"

    @api.model
    @api.readonly
    def get_board(self, room):
        """Return the board of a room.

        :param str room: one of `ROOMS`
        :return: ``{"date", "cards", "finds_people": bool, "starts": [button]}``
        :raise AccessError: the user has no role in the network
        """
        if not self.env.user.has_group("mlm_base.group_reader"):
            raise AccessError(self.env._("Only people with a role in the network see this page."))
        if room not in ROOMS:
            raise ValueError(f"no room {room!r}")
        cards = [card for card in self._get_cards(room) if card]
        return {
            "date": self._get_date(),
            "cards": sorted(cards, key=lambda card: card["sequence"]),
            "finds_people": self._finds_people(room),
            "starts": self._get_starts(room),
        }

    @api.model
    def _get_date(self):
        return Formats(self.env).day(fields.Date.context_today(self), "full")

    @api.model
    def _get_cards(self, room):
        """Return the cards of a room in any order; None is left out."""
        return []

    @api.model
    def _finds_people(self, room):
        """Whether the board has a search of people."""
        return False

    @api.model
    def _get_starts(self, room):
        """Return buttons of what a day's work begins with, as ``button`` of a card."""
        return []

    # -- what cards are made of ------------------------------------------------

    @api.model
    def _count(self, model, domain):
        """Return how many records of a domain the reader sees; 0 of what one may not read."""
        records = self.env[model]
        return records.search_count(domain) if records.has_access("read") else 0

    @api.model
    def _card(self, code, title, text, sequence, **more):
        return {
            "code": code,
            "title": title,
            "text": text,
            "sequence": sequence,
            "tone": "info",
            "icon": "fa-circle-o",
            "waits": True,
            **more,
        }

    @api.model
    def _count_card(
        self,
        code,
        title,
        text,
        sequence,
        model,
        domain,
        action,
        *,
        verb=None,
        order=None,
        owner=None,
        **more,
    ):
        """Card of the records of a domain, None while there are none.

        :param text: the sentence, or a function of the count that returns it
        :param str action: XML id of the window that lists them
        :param str verb: label of the button that opens the first of them, by ``order``
        :param str owner: path of the field that says in whose hands each of them is
        """
        count = self._count(model, domain)
        if not count:
            return None
        records = self.env[model]
        if verb:
            first = records.search(domain, order=order, limit=1)
            more["button"] = {"label": verb, "open": {"model": model, "id": first.id}}
        if owner:
            more["owners"] = self._get_owners(records, domain, owner)
        return self._card(
            code,
            title,
            text(count) if callable(text) else text,
            sequence,
            count=count,
            open={"action": action, "model": model, "domain": domain, "name": title},
            **more,
        )

    @api.model
    def _get_owners(self, records, domain, owner):
        groups = records._read_group(domain, [owner], ["__count"], order="__count DESC")
        # sudo: the name of a colleague, also of one who has left
        return [
            {"label": user.sudo().name or self.env._("Nobody"), "count": count}
            for user, count in groups
        ]
