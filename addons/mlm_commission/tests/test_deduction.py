from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestDeduction(CommissionCommon):
    """What posting, previews and statements ask of a provider, and what they keep."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.registry["mlm.deduction"]

    def setUp(self):
        super().setUp()
        self.asked, self.kept = [], []
        repartition = self.tax.invoice_repartition_line_ids.filtered("account_id")

        def lines(model, company, payees, date, document):
            self.asked.append((document, payees))
            return {
                payee: [
                    {
                        "code": "tithe",
                        "name": "Stored",
                        "reason": "As posted",
                        "account_id": repartition.account_id.id,
                        "tax_repartition_line_id": repartition.id,
                        "base_e4": sum(gross.values()),
                        "rate_e6": 100_000,
                        "amount_e4": sum(gross.values()) // 10,
                        "basis": {"rule": "tithe"},
                    }
                ]
                for payee, gross in payees.items()
            }

        def keep(model, company, date, document, payees, lines, holders):
            self.env.flush_all()
            rows = self.env["mlm.statement"].search([("run_id", "in", document.ids)])
            if document._name == "mlm.adjustment":
                rows = document
            self.kept.append((document, payees, lines, holders, len(rows.deduction_ids)))

        def tell(model, code, basis):
            if code == "tithe":
                words = {"es_CO": ("Diezmo", "Porque sí")}
                return words.get(model.env.lang, ("Tithe", "Because")) if basis["rule"] else None
            return None

        self.patch(self.provider, "_get_deduction_lines", lines)
        self.patch(self.provider, "_keep_posted", keep)
        self.patch(self.provider, "_tell_line", tell)

    def _two_bonuses(self, run):
        """An amount of a second bonus for who has one of the first."""
        other = run._bonuses().filtered(lambda one: one.code != self._first(run))[:1]
        self._store_more(run, payee_id=self.maria.id, bonus_id=other.id, amount_e4=50_000_0000)
        run._store_totals()
        return other

    def _first(self, run):
        [(_payee, code)] = self._amounts(run)
        return code

    def test_gross_is_asked_by_bonus(self):
        self._balanced_sales()
        run = self._preview()
        first = self._first(run)
        gross_e4 = run.amount_e4
        self.assertEqual(self.asked, [(run, {self.maria.id: {first: gross_e4}})])
        other = self._two_bonuses(run)
        asked = {self.maria.id: {first: gross_e4, other.code: 500_000_000}}
        self.assertEqual(self.asked[-1], (run, asked))
        del self.asked[:]
        run._get_statement(self.maria)
        as_internal(run).write({"state": "approved"})
        run._start_posting()
        run._post_chunk(run.chunk_ids)
        self.assertEqual(self.asked, [(run, asked)] * 2)

    def test_a_bonus_below_zero_is_told_too(self):
        self._balanced_sales()
        run = self._preview()
        other = self._two_bonuses(run)
        self._store_more(run, 2, payee_id=self.maria.id, bonus_id=other.id, amount_e4=-60_000_0000)
        gross = run._gross_by_bonus([self.maria.id])
        self.assertEqual(gross[self.maria.id][other.code], -100_000_000)
        self.assertEqual(gross, run._gross_by_bonus([self.maria.id], "mlm.earning"))
        self.assertFalse(run._gross_by_bonus([self.juan.id]))

    def test_what_is_kept_of_a_run(self):
        extras = {self.maria.id: {"author_id": self.users["manager"].id}}
        self.patch(self.provider, "_get_statement_extras", lambda model, *asked: extras)
        self._balanced_sales()
        run = self._posted()
        [(document, payees, lines, holders, rows)] = self.kept
        self.assertEqual((document, rows), (run, 1))
        self.assertEqual(holders, {self.maria.id: self.maria.partner_id})
        self.assertEqual(sum(payees[self.maria.id].values()), run.amount_e4)
        self.assertEqual(lines[self.maria.id][0]["basis"], {"rule": "tithe"})
        self.assertEqual(run.statement_ids.author_id, self.users["manager"])
        row = run.statement_ids.deduction_ids
        self.assertEqual(row.basis, {"rule": "tithe"})
        self.assertEqual(row.tax_repartition_line_id.account_id, self.withheld)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_told_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("es_CO")
        self._balanced_sales()
        run = self._posted()
        row = run.statement_ids.deduction_ids
        spanish = row.with_context(lang="es_CO")
        self.assertEqual((row.told_name, row.told_reason), ("Tithe", "Because"))
        self.assertEqual((spanish.told_name, spanish.told_reason), ("Diezmo", "Porque sí"))
        found = run.with_context(lang="es_CO")._get_statement(self.maria)
        self.assertEqual(found["deductions"][0]["name"], "Diezmo")
        self.assertEqual((row.name, row.reason), ("Stored", "As posted"))
        # without a basis, what was posted
        plain = {"code": "tithe", "basis": False, "name": "Stored", "reason": "As posted"}
        self.assertEqual(self.env["mlm.deduction"]._get_told(plain), ("Stored", "As posted"))

    def test_adjustments_of_a_person_count_one_after_another(self):
        """Two of one payer are asked for in turn, the first kept before the second."""
        asked = self._ask(self.juan, 100) + self._ask(self.yenny, 300) + self._ask(self.juan, 200)
        asked._post_adjustments(self.env.uid)
        first, second = asked[0] + asked[1], asked[2]
        self.assertEqual([document for document, _payees in self.asked], [first, second])
        self.assertEqual([one[0] for one in self.kept], [first, second])
        self.assertEqual([one[4] for one in self.kept], [2, 1])
        self.assertEqual(
            self.kept[0][1],
            {self.juan.id: {"": 1_000_000}, self.yenny.id: {"": 3_000_000}},
        )
        self.assertEqual(self.kept[1][3], {self.juan.id: self.juan.partner_id})
        self.assertEqual(len(asked.move_id), 1)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_codes_of_one_payee_count_one_after_another(self):
        keys = dict.fromkeys(self.juan.partner_id + self.yenny.partner_id, "900123")
        self.patch(self.provider, "_get_payee_keys", lambda model, company, partners: keys)
        asked = self._ask(self.juan, 100) + self._ask(self.yenny, 300)
        asked._post_adjustments(self.env.uid)
        self.assertEqual([document for document, _payees in self.asked], [asked[0], asked[1]])

    def test_what_is_taken_is_kept_and_not_asked(self):
        asked = self._ask(self.juan, -100)
        asked._post_adjustments(self.env.uid)
        self.assertFalse(self.asked)
        self.assertEqual(self.kept[0][1:3], ({self.juan.id: {"": -1_000_000}}, {self.juan.id: []}))

    def test_reasons_to_hold_are_shown(self):
        self._balanced_sales()
        statement = self._posted().statement_ids
        self.assertFalse(statement.hold_reason)
        self.patch(
            self.provider,
            "_get_hold_reasons",
            lambda model, statements: {statement.id: ["No profile", "No municipality"]},
        )
        statement.invalidate_recordset()
        self.assertEqual(statement.hold_reason, "No profile\nNo municipality")

    def _ask(self, distributor, amount):
        return as_internal(self.env["mlm.adjustment"]).create(
            {
                "network_id": self.network.id,
                "distributor_id": distributor.id,
                "amount_e4": amount * 10_000,
                "reason": "A bonus that the import forgot",
            }
        )
