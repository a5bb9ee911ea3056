from odoo import api, models

from odoo.addons.mlm_base.formats import Formats

#: so many people of a search are shown
FOUND = 8


class MlmToday(models.AbstractModel):
    """The search of people: who calls, and what the caller may ask about."""

    _inherit = "mlm.today"

    @api.model
    def _finds_people(self, room):
        return super()._finds_people(room) or room == "network"

    @api.model
    @api.readonly
    def find_people(self, text):
        """Find people by a part of their code or name, or by their whole document or phone.

        :param str text: what was typed
        :return: ``[{"id", "name", "details", "notes", "orders"}]``, the exact matches first;
            ``notes`` are open questions as ``{"text", "tone"}``, ``orders`` the last ones as
            ``{"id", "name", "text"}``
        """
        text = (text or "").strip()
        if not text:
            return []
        people = self._match_people(text)
        hits = {person: self._get_hit(person) for person in people}
        self._add_to_hits(hits)
        return list(hits.values())

    @api.model
    def _match_people(self, text):
        distributors = self.env["mlm.distributor"]
        people = distributors
        if any(sign.isdigit() for sign in text) and self._sees_people():
            known = distributors._find_duplicates([{"vat": text, "phone": text}])[0]
            ids = [match["distributor_id"] for match in known if match["distributor_id"]]
            # the number of somebody of another company is not told
            people = distributors.search(
                [("id", "in", ids), *distributors._get_home_domain()], limit=FOUND
            )
        named = self.env["mlm.tree.read"].get_matches(text, FOUND)
        return (people | distributors.browse(one["person"] for one in named))[:FOUND]

    @api.model
    def _sees_people(self):
        return self.env.user.has_group("mlm_base.group_people")

    @api.model
    def _get_hit(self, person):
        labels = {
            name: dict(person._fields[name]._description_selection(self.env))
            for name in ("kind", "state")
        }
        details = [labels["kind"][person.kind], labels["state"][person.state]]
        if self._sees_people():
            details += [person.vat, person.phone]
        return {
            "id": person.id,
            "name": person.display_name,
            "details": " · ".join(filter(None, details)),
            "notes": [],
            "orders": [],
        }

    @api.model
    def _add_to_hits(self, hits):
        """Add notes and orders; each add-on what it knows, in bulk.

        :param hits: ``{person: hit}``
        """
        formats = Formats(self.env)
        for person, hit in hits.items():
            if person.holding_since:
                note = self.env._("Waits for a position.")
                if person.holding_deadline:
                    note = self.env._(
                        "Waits for a position. Deadline: %s; after it, one is chosen automatically.",
                        formats.moment(person.holding_deadline),
                    )
                hit["notes"].append({"text": note, "tone": "warning"})
        if not self._sees_people():
            return
        planned = self.env["mlm.operation"].search(
            [
                ("distributor_id", "in", [person.id for person in hits]),
                ("state", "=", "planned"),
            ],
            order="effective_at, id",
        )
        labels = dict(planned._fields["method"]._description_selection(self.env))
        for one in planned:
            text = f"{labels[one.method]}: {formats.moment(one.effective_at)}"
            hits[one.distributor_id]["notes"].append({"text": text, "tone": "info"})
