# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

# A shorter address or number says nothing.
SHORTEST = 6


class MlmRun(models.Model):
    """People paid in the run who share a bank account, phone, address or connection.

    Read from the contacts as they are now. The device itself is not known: the portal
    keeps the internet address of a session, which a household or a mobile network may
    share.
    """

    _inherit = "mlm.run"

    def _find_shared(self):
        network = self.network_id
        for model in ("res.partner", "res.partner.bank", "res.users"):
            self.env[model].flush_model()
        cases = []
        for name, least, query in (
            ("bank", network.check_shared_bank, self._shared_bank),
            ("phone", network.check_shared_phone, self._shared_phone),
            ("address", network.check_shared_address, self._shared_address),
            ("login", network.check_shared_login, self._shared_login),
        ):
            if least > 1:
                cases += self._get_shared_cases(f"shared_{name}", query(), least)
        return cases

    def _get_shared_cases(self, kind, query, least):
        """One case for each value of ``query`` (payee, amount, key, shown) shared by so
        many people."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT key, min(shown), array_agg(payee_id ORDER BY payee_id),
                       sum(amount_e4)::bigint,
                       (array_agg(payee_id ORDER BY amount_e4 DESC, payee_id))[1]
                  FROM (SELECT DISTINCT ON (key, payee_id) * FROM (%s) found
                         ORDER BY key, payee_id) one
                 GROUP BY key HAVING count(*) >= %s AND sum(amount_e4) >= %s
                 ORDER BY 1
                """,
                query,
                least,
                round(self.network_id.check_least * 10_000),
            )
        )
        return [
            {
                "kind": kind,
                "key": self.env["mlm.run.check"]._make_key(kind, people, [key]),
                "distributor_id": most,
                "distributor_ids": people,
                "at_stake_e4": amount_e4,
                "facts": {"people": people, "shared": shown},
            }
            for key, shown, people, amount_e4, most in rows
        ]

    def _shared_bank(self):
        # the last four digits name the account to who knows it
        return SQL(
            """
            SELECT paid.payee_id, paid.amount_e4, bank.sanitized_acc_number AS key,
                   '•••' || right(bank.sanitized_acc_number, 4) AS shown
              FROM (%s) paid JOIN mlm_distributor d ON d.id = paid.payee_id
              JOIN res_partner_bank bank ON bank.partner_id = d.partner_id AND bank.active
             WHERE paid.amount_e4 > 0 AND length(bank.sanitized_acc_number) >= %s
            """,
            self._paid_people_turned(),
            SHORTEST,
        )

    def _shared_phone(self):
        """National digits of the home company's country, as `mlm.distributor._get_phone_key`
        compares them."""
        return SQL(
            """
            SELECT payee_id, amount_e4, phone AS shown,
                   CASE WHEN digits LIKE code || '%%' AND length(digits) >= length(code) + 8
                        THEN substr(digits, length(code) + 1) ELSE digits END AS key
              FROM (SELECT paid.payee_id, paid.amount_e4, partner.phone,
                           regexp_replace(regexp_replace(partner.phone, '[^0-9]+', '', 'g'),
                                          '^00', '') AS digits,
                           coalesce(nullif(country.phone_code, 0)::text, '') AS code
                      FROM (%(paid)s) paid JOIN mlm_distributor d ON d.id = paid.payee_id
                      JOIN res_partner partner ON partner.id = d.partner_id
                      JOIN res_company company ON company.id = d.company_id
                      JOIN res_partner seat ON seat.id = company.partner_id
                      LEFT JOIN res_country country ON country.id = seat.country_id
                     WHERE paid.amount_e4 > 0 AND partner.phone IS NOT NULL) numbered
             WHERE length(digits) >= %(shortest)s
            """,
            paid=self._paid_people_turned(),
            shortest=SHORTEST,
        )

    def _shared_address(self):
        return SQL(
            """
            SELECT paid.payee_id, paid.amount_e4, %(key)s AS key, %(shown)s AS shown
              FROM (%(paid)s) paid JOIN mlm_distributor d ON d.id = paid.payee_id
              JOIN res_partner partner ON partner.id = d.partner_id
             WHERE paid.amount_e4 > 0 AND %(key)s <> ''
            """,
            key=self._address_key(),
            shown=self._address_shown(),
            paid=self._paid_people_turned(),
        )

    def _address_key(self):
        """SQL: letters and digits of street and city of ``partner``, '' where too short."""
        return SQL(
            """CASE WHEN length(coalesce(partner.street, '')) >= %s THEN
                    regexp_replace(lower(concat(partner.street, partner.street2,
                                                '|', partner.city)),
                                   '[^[:alnum:]|]+', '', 'g')
                    ELSE '' END""",
            SHORTEST,
        )

    def _address_shown(self):
        return SQL("concat_ws(', ', partner.street, partner.street2, partner.city)")

    def _shared_login(self):
        """Internet addresses from which payees used the portal during the cycle."""
        period = self.period_id
        return SQL(
            """
            SELECT paid.payee_id, paid.amount_e4, device.ip_address AS key,
                   device.ip_address AS shown
              FROM (%s) paid JOIN mlm_distributor d ON d.id = paid.payee_id
              JOIN res_users login ON login.partner_id = d.partner_id
              JOIN res_device_log device ON device.user_id = login.id
             WHERE paid.amount_e4 > 0 AND device.ip_address IS NOT NULL
               AND device.last_activity >= %s AND device.first_activity < %s
            """,
            self._paid_people_turned(),
            period._start_moment(),
            period._end_moment(),
        )
