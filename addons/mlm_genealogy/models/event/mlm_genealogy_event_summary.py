from odoo import models


class MlmGenealogyEvent(models.Model):
    """What happened, in words, for each kind of event of the two trees."""

    _inherit = "mlm.genealogy.event"

    def _get_summary(self):
        """Return what the event changed, in words; empty if there is nothing to add."""
        self.ensure_one()
        teller = getattr(self, f"_tell_{self.kind}", None)
        if not teller:
            return super()._get_summary()
        return teller(self.before or {}, self.after or {})

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
            "%(new)s all the time, not %(old)s",
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
            "%s stays as a closed spot and passes volume through",
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
