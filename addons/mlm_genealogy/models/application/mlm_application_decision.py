from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .mlm_application import PERSON_FIELDS

_RELATED = ("state_id", "country_id")


class MlmApplication(models.Model):
    """The decision on an application: enrolled or turned down, and told to those concerned."""

    _inherit = "mlm.application"

    def _accept(self, reason=None):
        """Enrol the person; the caller has checked the right to do so.

        :param str reason: why, required where somebody like that is known
        :return: the new `mlm.distributor`
        """
        self.ensure_one()
        self._ensure_waiting()
        self._ensure_may_sponsor(self.sponsor_id)
        matches = self._get_duplicates()
        if matches and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Somebody like %s already exists. Say why this is somebody else.", self.name
                )
            )
        if self.state == "unconfirmed":
            self._mark_confirmed("staff")
        self._decide("accepted", reason)
        distributor = self.env["mlm.distributor"]._enrol([self._prepare_enrolment(matches, reason)])
        distributor = distributor.with_env(self.env)
        # sudo: the outcome is written by the decision only
        as_internal(self.sudo()).write({"distributor_id": distributor.id})
        self._notify("accepted")
        return distributor

    def _reject(self, reason):
        """Turn the person down; the caller has checked the right to do so."""
        self.ensure_one()
        self._ensure_waiting()
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason: it stays with the application."))
        self._decide("rejected", reason)
        self._notify("rejected")

    def _notify(self, what):
        """Queue the e-mail that tells the person what became of the application.

        Nothing is queued where the company has no outgoing mail server.
        """
        if not self._can_mail():
            return
        # sudo: a template of the application itself
        template = self.env.ref(self._get_template(what), raise_if_not_found=False)
        if template:
            template.sudo().send_mail(self.id)

    @api.model
    def _can_mail(self):
        # sudo: whether there is a server
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    def _get_template(self, what):
        return f"mlm_genealogy.mail_template_application_{what}"

    def _decide(self, state, reason):
        # sudo: a decision comes through here only; two at once collide on this row
        as_internal(self.sudo()).write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decision_reason": reason,
            }
        )
        self.flush_recordset()

    def _prepare_enrolment(self, matches, reason):
        values = {
            "company_id": self.company_id.id,
            "sponsor_id": self.sponsor_id.id,
            "kind": self.kind,
            "reason": reason,
            "acceptance": {
                "contracts": self.contract_ids,
                "channel": self.channel,
                "ip": self.ip_address,
                "lang": self.lang or self.env.lang,
                "accepted_at": self.submitted_at,
            },
            **{name: self[name] for name in PERSON_FIELDS if name not in (*_RELATED, "kind")},
            **{name: self[name].id for name in _RELATED if self[name]},
        }
        if self.lang in dict(self.env["res.lang"].get_installed()):
            values["lang"] = self.lang
        if matches:
            values["accepted_duplicates"] = True
        placement = self._prepare_placement()
        if placement:
            values["placement"] = placement
        return values

    def _prepare_placement(self):
        """Return the spot that was asked for; None for the holding tank."""
        if self.kind == "customer":
            return None
        tree = self.env["mlm.tree"].search(
            [("network_id", "=", self.company_id.mlm_network_id.id)], limit=1
        )
        if not tree or not self.sponsor_id._get_position(tree):
            return None
        return {"strategy": self.leg or "auto", "tree_id": tree.id}

    def action_accept(self):
        return self._open_decision("accept", self.env._("Accept"))

    def action_reject(self):
        return self._open_decision("reject", self.env._("Reject"))

    def _open_decision(self, action, title):
        self.ensure_one()
        self._ensure_waiting()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "mlm.application.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_application_id": self.id, "default_action": action},
        }

    def action_view_distributor(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.distributor",
            "res_id": self.distributor_id.id,
            "view_mode": "form",
        }
