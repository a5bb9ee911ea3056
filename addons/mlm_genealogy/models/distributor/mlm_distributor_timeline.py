from odoo import api, fields, models

_MAX = 200


class MlmDistributor(models.Model):
    """The history of a person, told for the screen."""

    _inherit = "mlm.distributor"

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
        events = Event.search(shown, limit=min(limit, _MAX))
        effects = events._get_effects()
        return {
            "total": Event.search_count(shown),
            "kinds": [
                {"kind": kind, "label": labels[kind], "count": count} for kind, count in counts
            ],
            "events": [event._get_timeline_item(effects[event.id]) for event in events],
        }
