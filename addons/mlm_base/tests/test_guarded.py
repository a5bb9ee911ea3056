from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..internal import KEY, as_internal, as_system, is_internal
from ..models.mlm_guarded import FREE, GUARDED
from ..triggers import recorded, stamp_table


@tagged("post_install", "-at_install")
class TestGuarded(TransactionCase):
    """The mixin, on a rate whose day only the server may set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(cls.registry["mlm.exchange.rate"], "_guarded", ("date_from",))
        cls.registry.clear_cache()
        cls.addClassCleanup(cls.registry.clear_cache)
        cls.user = new_test_user(
            cls.env, "guard_manager", groups="base.group_user,mlm_base.group_manager"
        )
        cls.currency = cls.env["res.currency"].create({"name": "XGD", "symbol": "x"})
        cls.Rate = cls.env["mlm.exchange.rate"].with_user(cls.user)
        cls.vals = {"currency_id": cls.currency.id, "rate": 2.0}
        cls.today = cls.Rate._fields["date_from"].default(cls.Rate)

    def test_values_are_refused_to_everybody_without_the_key(self):
        lie = {**self.vals, "date_from": "2020-01-01"}
        rate = self.Rate.create(self.vals)
        for records in (self.Rate, self.Rate.sudo(), self.env["mlm.exchange.rate"]):
            with self.assertRaisesRegex(AccessError, "Valid from"):
                records.create(lie)
            with self.assertRaisesRegex(AccessError, "Valid from"):
                rate.with_env(records.env).write({"date_from": "2020-01-01"})
            with self.assertRaises(AccessError):
                rate.with_env(records.env).date_from = "2020-01-01"
            with self.assertRaises(AccessError):
                rate.with_env(records.env).web_save({"date_from": "2020-01-01"}, {})
        self.assertEqual(rate.date_from, self.today)

    def test_context_and_defaults_do_not_reach_it(self):
        for user_id in (self.user.id, False):
            self.env["ir.default"].set(
                "mlm.exchange.rate", "date_from", "2020-01-01", user_id=user_id
            )
        lying = self.Rate.with_context(default_date_from="2020-01-01")
        for records in (lying, lying.sudo(), lying.sudo().with_user(self.user)):
            rate = records.create(self.vals)
            self.assertEqual(rate.date_from, self.today)
            self.assertEqual(records.default_get(["date_from"]), {"date_from": self.today})
            rate.sudo().unlink()

    def test_key(self):
        past = {**self.vals, "date_from": "2020-01-01"}
        with self.assertRaises(AccessError):
            self.Rate.with_context(**{KEY: True}).create(past)
        rate = as_internal(self.Rate).create(past)
        self.assertEqual(rate.date_from, date(2020, 1, 1))
        self.assertFalse(is_internal(rate.env), "the key does not stay with the record")
        as_internal(rate).write({"date_from": "2021-01-01"})
        self.assertEqual(rate.date_from, date(2021, 1, 1))
        with self.assertRaises(AccessError):
            rate.write({"date_from": "2022-01-01"})

    def test_key_goes_no_further_than_the_call(self):
        seen = []

        def look(records, *args):
            seen.append(is_internal(records.env))

        self.patch(self.registry["mlm.exchange.rate"], "_inverse_rate", look)
        self.patch(self.registry["mlm.exchange.rate"], "_check_company", look)
        rate = as_internal(self.Rate).create(self.vals)
        as_internal(rate).write({"rate": 3.0})
        self.assertEqual(set(seen), {False})

    def test_roundabout_ways(self):
        past = as_internal(self.Rate).create({**self.vals, "date_from": "2020-01-01"})
        self.assertEqual(past.copy_data()[0].get("date_from"), None)
        self.assertEqual(past.copy({"date_from": "2019-01-01"}).date_from, self.today)
        found = self.Rate.load(
            ["currency_id", "rate", "date_from"], [[self.currency.name, "2", "2018-01-01"]]
        )
        self.assertFalse(found["ids"])
        self.assertIn("Valid from", found["messages"][0]["message"])

    def test_given_at_birth(self):
        self.patch(self.registry["mlm.exchange.rate"], "_given", ("currency_id",))
        self.registry.clear_cache()
        rate = self.Rate.create(self.vals)
        self.assertEqual(rate.currency_id, self.currency)
        for records in (rate, rate.sudo()):
            with self.assertRaisesRegex(AccessError, "Base Currency"):
                records.write({"currency_id": self.env.ref("base.EUR").id})

    def test_declared(self):
        Rate = self.env["mlm.exchange.rate"]
        declared = Rate._get_declared()
        kinds = {
            name: Rate._classify(Rate._fields[name], declared)
            for name in ("date_from", "rate", "company_currency_id", "write_date")
        }
        self.assertEqual(
            kinds,
            {
                "date_from": GUARDED,
                "rate": FREE,
                "company_currency_id": "derived",
                "write_date": None,
            },
        )
        field = Rate._fields["currency_id"]
        self.assertIsNone(Rate._classify(field, {}), "undeclared")


@tagged("post_install", "-at_install")
class TestSystem(TransactionCase):
    def test_nothing_of_the_caller_arrives(self):
        user = new_test_user(self.env, "guard_system")
        self.env["ir.default"].set("res.partner", "comment", "mine", user_id=user.id)
        partners = self.env["res.partner"].with_user(user)
        partners = partners.with_context(
            default_function="mine", lang="es_CO", skip_readonly_check=True
        )
        partner = as_system(partners, tracking_disable=True).create({"name": "S"})
        self.assertFalse(partner.function)
        self.assertFalse(partner.comment)
        self.assertEqual(partner.create_uid, self.env.ref("base.user_root"))
        self.assertEqual(
            dict(partner.env.context),
            {
                "lang": "es_CO",
                "allowed_company_ids": user.company_ids.ids,
                "tracking_disable": True,
            },
        )
        self.assertEqual(partner.env.company, user.company_id)
        # what superuser mode alone lets through
        self.assertEqual(partners.sudo().create({"name": "S"}).comment, "<p>mine</p>")


@tagged("post_install", "-at_install")
class TestStamp(TransactionCase):
    def test_the_database_sets_the_moment(self):
        cr = self.env.cr
        cr.execute("CREATE TABLE mlm_test_stamped (id int, recorded_at timestamp)")
        for __ in range(2):
            stamp_table(cr, "mlm_test_stamped")
        moment = datetime(2020, 1, 1, 12)
        cr.execute("INSERT INTO mlm_test_stamped VALUES (1, '2020-01-01'), (2, NULL)")
        with recorded(cr, moment):
            cr.execute("INSERT INTO mlm_test_stamped VALUES (3, NULL)")
        cr.execute("INSERT INTO mlm_test_stamped VALUES (4, '2020-01-01')")
        cr.execute(
            """SELECT array_agg(id ORDER BY id) FROM mlm_test_stamped
                WHERE recorded_at = now() AT TIME ZONE 'UTC'"""
        )
        self.assertEqual(cr.fetchone(), ([1, 2, 4],))
        cr.execute("SELECT recorded_at FROM mlm_test_stamped WHERE id = 3")
        self.assertEqual(cr.fetchone(), (moment,))
