# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: so many ids of mails share a job: two jobs never have the same mail
BLOCK = 50


class MailMail(models.Model):
    """Mails that wait, a job for each block of them."""

    _inherit = "mail.mail"

    @api.model
    def process_email_queue(self, email_ids=(), batch_size=1000):
        """Hand everything that waits to the queue; what is named is sent here."""
        if email_ids:
            return super().process_email_queue(email_ids, batch_size)
        self.flush_model(["state", "scheduled_date"])
        blocks = self.env.execute_query(
            SQL(
                """SELECT DISTINCT id / %s FROM mail_mail WHERE state = 'outgoing'
                      AND (scheduled_date IS NULL OR scheduled_date <= %s) ORDER BY 1""",
                BLOCK,
                fields.Datetime.now(),
            )
        )
        for (block,) in blocks:
            self.with_delay(identity_key=f"mlm-mail-{block}")._queue_send(block)
        return None

    @api.model
    def _queue_send(self, block):
        """Job: send what still waits of a block, each mail committed once it is sent."""
        first = block * BLOCK
        waiting = [("id", ">=", first), ("id", "<", first + BLOCK), ("state", "=", "outgoing")]
        if ids := self.search(waiting).ids:
            self.process_email_queue(email_ids=ids)
