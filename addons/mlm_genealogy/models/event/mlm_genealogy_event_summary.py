from odoo import fields, models

# effects of one event on others that are named one by one
_EFFECTS = 5


class MlmGenealogyEvent(models.Model):
    """What happened, in words: the summary of each kind of event, and the timeline of a person."""

    _inherit = "mlm.genealogy.event"

    def _get_summary(self):
        """Return what the event changed, in words; empty if there is nothing to add."""
        self.ensure_one()
        teller = getattr(self, f"_tell_{self.kind}", None)
        return teller(self.before or {}, self.after or {}) if teller else ""

    def _tell_enrolled(self, before, after):
        if after.get("sponsor"):
            return self.env._("sponsored by %s", after["sponsor"])
        return self.env._("as a root")

    def _tell_sponsor_changed(self, before, after):
        text = self._tell_relinked(before, after)
        if after.get("leave_downline"):
            return self.env._("%s, without the downline", text)
        return text

    def _tell_sponsor_corrected(self, before, after):
        return self.env._(
            "%(new)s all along, not %(old)s",
            old=before.get("sponsor") or "–",
            new=after.get("sponsor") or "–",
        )

    def _tell_relinked(self, before, after):
        return self.env._(
            "from %(old)s to %(new)s",
            old=before.get("sponsor") or "–",
            new=after.get("sponsor") or "–",
        )

    def _tell_suspended(self, before, after):
        labels = dict(
            self.env["mlm.distributor"]._fields["treatment"]._description_selection(self.env)
        )
        return labels.get(after.get("treatment"), "")

    def _tell_deceased(self, before, after):
        return self._tell_suspended(before, after)

    def _tell_terminated(self, before, after):
        causes = {
            "resignation": self.env._("Resignation"),
            "expulsion": self.env._("Expulsion"),
            "inactivity": self.env._("Inactivity"),
            "death": self.env._("Death without an heir"),
            "merge": self.env._("Second enrolment of the same person"),
        }
        cause = causes.get(after.get("cause"), "")
        if before.get("sponsor"):
            left = self.env._("was sponsored by %s", before["sponsor"])
            return f"{cause} · {left}" if cause else left
        return cause

    def _tell_readmitted(self, before, after):
        text = self.env._("sponsored by %s", after.get("sponsor") or "–")
        if after.get("downline"):
            back = self.env._("with %s", ", ".join(after["downline"]))
            return f"{text} · {back}"
        return text

    def _tell_placed(self, before, after):
        if not after.get("parent"):
            return self.env._("at the head of the tree %s", after.get("tree", ""))
        return self.env._(
            "%(position)s: %(spot)s below %(parent)s",
            position=after.get("position"),
            spot=self._tell_spot(after),
            parent=after["parent"],
        )

    def _tell_moved(self, before, after):
        position = after.get("position") or before.get("position")
        if not after.get("parent"):
            return self.env._("%s: to the head of the tree", position)
        return self.env._(
            "%(position)s: from %(old_spot)s below %(old)s to %(spot)s below %(parent)s",
            position=position,
            old_spot=self._tell_spot(before),
            old=before.get("parent") or "–",
            spot=self._tell_spot(after),
            parent=after["parent"],
        )

    def _tell_position_closed(self, before, after):
        return self.env._(
            "%s stays as a closed spot and lets volume pass through",
            self._tell_position(before, after),
        )

    def _tell_position_removed(self, before, after):
        return self.env._("%s is no longer in the tree", self._tell_position(before, after))

    def _tell_position_reopened(self, before, after):
        position = self._tell_position(before, after)
        if not after.get("parent"):
            return self.env._("%s is open again", position)
        return self.env._(
            "%(position)s is open again: %(spot)s below %(parent)s",
            position=position,
            spot=self._tell_spot(after),
            parent=after["parent"],
        )

    def _tell_position(self, before, after):
        return after.get("position") or before.get("position") or self.position_id.code or ""

    def _tell_spot(self, values):
        legs = dict(self.env["mlm.position"]._fields["leg"]._description_selection(self.env))
        if values.get("leg"):
            return legs.get(values["leg"], "")
        return self.env._("spot %s", values.get("slot") or "–")

    def _tell_kind_changed(self, before, after):
        kinds = dict(self.env["mlm.distributor"]._fields["kind"]._description_selection(self.env))
        return self.env._(
            "from %(old)s to %(new)s",
            old=kinds.get(before.get("kind"), "–"),
            new=kinds.get(after.get("kind"), "–"),
        )

    def _tell_transferred(self, before, after):
        return self.env._(
            "from %(old)s to %(new)s",
            old=self._get_partner_name(before.get("partner_id")),
            new=self._get_partner_name(after.get("partner_id")),
        )

    def _tell_co_holder_added(self, before, after):
        return self._get_partner_name(after.get("partner_id"))

    def _tell_co_holder_ended(self, before, after):
        return self._get_partner_name(before.get("partner_id"))

    def _tell_contract_accepted(self, before, after):
        return self.env._("version %s", after.get("contract") or "–")

    def _tell_merged(self, before, after):
        return self.env._("continues as %s", after.get("survivor") or "–")

    def _tell_duplicate_accepted(self, before, after):
        codes = [match.get("code") for match in after.get("matches") or []]
        return self.env._(
            "is not %s",
            ", ".join(filter(None, codes)) or self.env._("the contact that was found"),
        )

    def _get_partner_name(self, partner_id):
        """Return the present name; the history itself keeps no personal text."""
        partner = self.env["res.partner"].browse(partner_id or []).exists()
        return partner.display_name if partner and partner.has_access("read") else "–"

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
