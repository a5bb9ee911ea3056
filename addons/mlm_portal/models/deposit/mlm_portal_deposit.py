# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_volume.unpaid import INVOICE, find_unpaid, get_due

from ..application.mlm_form_limit import DAY, TooOften

TYPES = ("application/pdf", "image/jpeg", "image/png", "image/webp")
LARGEST = 5 * 1024 * 1024
# So many proofs of somebody wait at once, or come in a day, and so old may a payment be.
WAITING = 10
DAILY = 20
OLDEST = timedelta(days=60)
SHOWN = 20
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class MlmPortalDeposit(models.AbstractModel):
    """Proofs of payments of a reader's own orders, for the desk that identifies deposits.

    Callers have checked that the distributor is the reader's own.
    """

    _name = "mlm.portal.deposit"
    _description = "Proofs of Payment in the Portal"

    @api.model
    def _list_of(self, distributor):
        """One dict per proof of the reader, the latest first."""
        # sudo: of the reader's own proofs only
        deposits = self.env["mlm.deposit"].sudo()
        states = dict(deposits._fields["state"]._description_selection(self.env))
        return [
            {
                "document": one.reference,
                "paid_on": one.paid_on,
                "amount": one.amount,
                "state": one.state,
                "state_label": states[one.state],
                "reason": one.reason if one.state == "waived" else "",
            }
            for one in deposits.search(
                [("distributor_id", "=", distributor.id), ("source", "=", "proof")],
                order="id desc",
                limit=SHOWN,
            )
        ]

    @api.model
    def _get_unpaid(self, distributor):
        """Documents of the reader that wait for money: ``[{"key", "name", "amount"}]``."""
        return [
            {
                "key": f"{document._name}-{document.id}",
                "name": document.name,
                "amount": get_due(document),
            }
            for document in self._documents(distributor)
        ]

    def _documents(self, distributor):
        """Unpaid invoices of the reader's own purchases, and orders without an invoice."""
        # sudo: of the reader's own contact only
        partner = distributor.sudo().partner_id
        own = [
            ("company_id.mlm_network_id", "=", distributor.network_id.id),
            ("partner_id", "child_of", partner.id),
        ]
        return find_unpaid(partner.env, own, order="id desc", limit=SHOWN)

    @api.model
    def _take(self, distributor, post, content, file_name):
        """Keep a proof; return what is wrong with it in words, or nothing.

        :param post: ``document`` (a key of `_get_unpaid`), ``day`` and ``time`` of the form
        :param bytes content: of the file
        """
        documents = {f"{one._name}-{one.id}": one for one in self._documents(distributor)}
        document = documents.get(post.get("document"))
        if not document:
            return self.env._("Choose the order or invoice that you paid.")
        day, problem = self._read_day(distributor, post.get("day"))
        problem = problem or self._why_not_file(content)
        if problem:
            return problem
        paid_at = self._moment(distributor, day, post.get("time"))
        if paid_at and paid_at > fields.Datetime.now():
            return self.env._("The payment cannot be later than now.")
        # sudo: as the reader, only with values of his own documents
        deposits = self.env["mlm.deposit"].sudo()
        own = [("distributor_id", "=", distributor.id), ("source", "=", "proof")]
        if deposits.search_count([*own, ("state", "=", "open")]) >= WAITING:
            return self.env._(
                "You already have %s proofs waiting for review. Send more once support has "
                "looked at them.",
                WAITING,
            )
        amount = get_due(document)
        key = hashlib.sha256(
            b"|".join([repr((distributor.id, document.name, amount, day)).encode(), content])
        ).hexdigest()
        if deposits.search_count([("company_id", "=", document.company_id.id), ("key", "=", key)]):
            return ""  # sent twice is sent once
        try:
            self.env["mlm.form.limit"]._ensure([(f"proof/{distributor.id}/day", DAY, DAILY)])
        except TooOften as error:
            return error.args[0]
        is_invoice = document._name == INVOICE
        as_internal(deposits).create(
            {
                "company_id": document.company_id.id,
                "currency_id": document.currency_id.id,
                "source": "proof",
                "amount": amount,
                "paid_on": day,
                "paid_at": paid_at,
                "reference": document.name,
                "payer": distributor.display_name,
                "chosen_id": document.id if is_invoice else False,
                "distributor_id": distributor.id,
                "file": base64.b64encode(content),
                "file_name": (file_name or "proof")[:100],
                "key": key,
            }
        )
        return ""

    def _read_day(self, distributor, text):
        today = distributor.network_id._local_date(fields.Datetime.now())
        try:
            day = fields.Date.to_date(text or "")
        except ValueError:
            day = None
        if not day:
            return None, self.env._("Enter the day on which you paid.")
        if day > today or day < today - OLDEST:
            return None, self.env._("The day of the payment must be within the last 60 days.")
        return day, ""

    def _moment(self, distributor, day, text):
        """Return the moment (naive UTC) of a time of the day, False without one."""
        found = _TIME.fullmatch(text or "")
        if not found:
            return False
        start = self.env["mlm.period"]._local_start(distributor.network_id, day, hour=int(found[1]))
        return start + timedelta(minutes=int(found[2]))

    def _why_not_file(self, content):
        if not content:
            return self.env._("Add a photo or PDF of the proof.")
        if len(content) > LARGEST:
            return self.env._("The file is larger than 5 MB.")
        if guess_mimetype(content) not in TYPES:
            return self.env._("Only photos (JPG, PNG, WebP) and PDF files are accepted.")
        return ""
