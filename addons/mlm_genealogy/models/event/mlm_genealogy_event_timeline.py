from odoo import fields, models

# effects of one event on others that are named one by one
_EFFECTS = 5


class MlmGenealogyEvent(models.Model):
    """Events as the timeline of a person tells them."""

    _inherit = "mlm.genealogy.event"

    def _get_effects(self):
        """Return ``{event id: (events that it brought about, how many)}``."""
        counts = dict(self._read_group([("cause_id", "in", self.ids)], ["cause_id"], ["__count"]))
        found = {}
        for event in self:
            count = counts.get(event, 0)
            first = self.browse()
            if count:
                domain = [("cause_id", "=", event.id)]
                own = [*domain, ("distributor_id", "=", event.distributor_id.id)]
                first = self.search(own, order="id", limit=_EFFECTS)
                domain.append(("id", "not in", first.ids))
                if len(first) < _EFFECTS:
                    first += self.search(domain, order="id", limit=_EFFECTS - len(first))
            found[event.id] = (first, count)
        return found

    def _get_timeline_item(self, effects):
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        brought, count = effects
        # sudo: the name of who wrote the event and of its document, nothing else
        known = self.sudo()
        return {
            "id": self.id,
            "kind": self.kind,
            "label": labels[self.kind],
            "summary": self.summary,
            "reason": self.reason,
            "effective": fields.Datetime.to_string(self.effective_at),
            "recorded": fields.Datetime.to_string(self.recorded_at),
            "author": known.author_id.name,
            "document": bool(known.attachment_id)
            and {"id": known.attachment_id.id, "name": known.attachment_id.name},
            "cause": bool(self.cause_id)
            and {
                "label": labels[self.cause_id.kind],
                "who": known.cause_id.distributor_id.display_name,
            },
            "effects": [
                {
                    "id": event.id,
                    "label": labels[event.kind],
                    "who": event.distributor_id != self.distributor_id
                    and event.sudo().distributor_id.display_name,
                    "summary": event.summary,
                }
                for event in brought
            ],
            "effect_count": count,
        }
