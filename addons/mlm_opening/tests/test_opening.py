import io
import re

import openpyxl
from mlm_engine.kernel.codes import Measure

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.importing import writer
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_commission.tests.common import PLAN

from .common import OpeningCommon

CARRY = "Código;Bono;Izquierda;Derecha\nMARIA;binary;56;55240,5\nJUAN;;0;12\n"
CARRY_TOTALS = {"lines": "2", "left": "56", "right": "55252.5"}


@tagged("post_install", "-at_install")
class TestNumbersOfFiles(OpeningCommon):
    """Every kind of file reads codes and amounts by the same two functions."""

    def contents(self, kind, **changes):
        """The example of a kind with changes, as CSV and as XLSX."""
        loader = self.env[f"mlm.opening.loader.{kind}"]
        row = {**loader._get_example(), **changes}
        keys = list(row)
        heads = [loader._headings.heading(key, "en_US") for key in keys]
        book, target = openpyxl.Workbook(), io.BytesIO()
        book.active.append(heads)
        book.active.append([row[key] for key in keys])
        book.save(target)
        csv = "\n".join(";".join(str(one) for one in line) for line in (heads, row.values()))
        return ("csv", csv.encode()), ("xlsx", target.getvalue())

    def kinds(self):
        field = self.env["mlm.opening.file"]._fields["kind"]
        return [kind for kind, _label in field._description_selection(self.env)]

    def test_a_code_that_hides_digits_is_refused_in_each_kind(self):
        for kind in self.kinds():
            loader = self.env[f"mlm.opening.loader.{kind}"]
            key = "code" if "code" in loader._headings.keys else "vat"
            for form, content in self.contents(kind, **{key: "1,02030405E+09"}):
                with self.subTest(kind=kind, form=form):
                    record = self.check(content, kind)
                    label = loader._headings.heading(key, self.env.lang)
                    found = record.problem_ids.filtered(
                        lambda one, key=key: one.line == 2 and one.column == key
                    )
                    self.assertEqual(len(found), 1, record.problem_ids.mapped("message") or label)
                    self.assertIn("hides digits", found.message)

    def test_an_amount_that_hides_digits_is_refused_in_each_kind(self):
        for kind in self.kinds():
            loader = self.env[f"mlm.opening.loader.{kind}"]
            for key in loader._figures:
                for form, content in self.contents(kind, **{key: "1,5E+06"}):
                    with self.subTest(kind=kind, key=key, form=form):
                        record = self.check(content, kind)
                        found = record.problem_ids.filtered(
                            lambda one, key=key: one.line == 2 and one.column == key
                        )
                        self.assertIn("hides digits", (found.mapped("message") or [""])[0])

    def test_whole_floats_of_a_csv_and_numbers_of_a_workbook(self):
        for cycle, pv in (("923.0", "60.0"), (923.0, 60.0)):
            for form, content in self.contents("volume", code="MARIA", cycle=cycle, pv=pv):
                with self.subTest(form=form, cycle=cycle):
                    record = self.check(content, "volume")
                    wrong = record.problem_ids.filtered("line")
                    self.assertFalse(wrong, wrong.mapped("message"))

    def test_the_point_of_a_workbook_is_no_separator(self):
        """With «,» as decimal sign a cell that holds 1.234 is one and a bit."""
        for _form, content in self.contents("carry", code="MARIA", left=1.234, right=0)[1:]:
            record = self.opening(carry=content)
            record.decimal_sign = ","
            for control in record.control_ids:
                control.expected = {"lines": "1", "left": "1,234", "right": "0"}[control.figure]
            self.work(record)
            left = record.control_ids.filtered(lambda one: one.figure == "left")
            self.assertEqual((left.found, left.expected), ("1.234", "1.234"))
            self.assertEqual(record.state, "good", record.problem_ids.mapped("message"))


@tagged("post_install", "-at_install")
class TestOpening(OpeningCommon):
    def test_carry_feeds_the_first_run(self):
        self.load({"carry": CARRY_TOTALS}, carry=CARRY)
        found = {
            (one.distributor_id.code, one.measure): one.value_e4
            for one in self.env["mlm.opening"].search([("company_id", "=", self.company.id)])
        }
        self.assertEqual(
            found,
            {
                ("MARIA", "carry_left"): 560000,
                ("MARIA", "carry_right"): 552405000,
                ("JUAN", "carry_right"): 120000,
            },
        )
        run = self._preview()
        carry = run._get_position_values(self.maria.position_ids, [Measure.LEFT_IN])
        self.assertEqual([value for _position, _measure, value in carry], [560000])

    def test_a_run_that_used_it_keeps_it(self):
        record = self.load({"carry": CARRY_TOTALS}, carry=CARRY)
        run = self._preview()
        with self.assertRaisesRegex(UserError, "has used this opening"):
            record.action_undo()
        self._as(run, "manager").action_discard()
        self.work(record, "action_undo")
        self.assertEqual((record.state, record.error), ("undone", False))
        self.assertFalse(self.env["mlm.opening"].search([("import_id", "=", record.id)]))
        again = self.work(self.opening({"carry": CARRY_TOTALS}, carry=CARRY))
        self.assertEqual(again.state, "good", again.problem_ids.mapped("message"))

    def test_no_control_totals_nothing_loads(self):
        record = self.check(CARRY)
        self.assertEqual(record.state, "bad")
        self.assertEqual(set(record.problem_ids.mapped("column")), {"lines", "left", "right"})
        self.assertIn("is missing", record.problem_ids[0].message)
        self.assertIn("55252.5", " ".join(record.problem_ids.mapped("message")))
        with self.assertRaises(UserError):
            record.action_import()

    def test_one_unit_off_nothing_loads(self):
        record = self.check(CARRY, totals={**CARRY_TOTALS, "right": "55252.5001"})
        self.assertEqual(record.state, "bad")
        self.assertEqual(record.problem_ids.column, "right")
        self.assertIn("-0.0001", record.problem_ids.message)
        record.control_ids.filtered(lambda one: one.figure == "right").expected = "55.252,5"
        self.assertEqual(record.state, "draft", "the last check is worth nothing any more")
        self.work(record)
        self.assertEqual(record.state, "good", record.problem_ids.mapped("message"))
        self.assertTrue(all(record.control_ids.mapped("agrees")))

    def test_control_file(self):
        record = self.opening(carry=CARRY)
        record.control_file = self.packed(
            "Archivo;Cifra;Total\ncarry.csv;Líneas;2\ncarry;Izquierda;56\ncarry;right;55.252,5\n"
        )
        self.work(record)
        self.assertEqual(record.state, "good", record.error or record.problem_ids.mapped("message"))
        record.control_file = self.packed("File;Figure;Total\ncarry;Middle;2\n")
        self.work(record)
        self.assertEqual(record.state, "bad")
        self.assertIn("None of these files has this total", record.problem_ids[0].message)

    def test_all_or_nothing(self):
        """A good file beside a bad one: nothing of both."""
        record = self.work(
            self.opening(
                {"carry": CARRY_TOTALS, "title": {"lines": "1"}},
                carry=CARRY,
                title="Code;Title\nNOBODY;oro\n",
            )
        )
        self.assertEqual(record.state, "bad")
        self.assertFalse(self.env["mlm.opening"].search([("import_id", "=", record.id)]))

    def test_network_changed_since_the_check(self):
        record = self.work(self.opening({"carry": CARRY_TOTALS}, carry=CARRY))
        self.load({"carry": CARRY_TOTALS}, carry=CARRY)
        self.work(record, "action_import")
        self.assertEqual(record.state, "bad")
        self.assertIn("already has an opening of this bonus", record.problem_ids[0].message)

    def test_bad_carry(self):
        head = "Code;Position;Bonus;Left;Right\n"
        for line, column, words in (
            ("NOBODY;;;1;1", "code", "Import the distributors first"),
            (";;;1;1", "code", "empty"),
            ("MARIA;;pool;1;1", "bonus", "binary"),
            ("MARIA;X9;;1;1", "position", "does not hold that position"),
            ("MARIA;;;1.234;1", "left", "two different numbers"),
            ("MARIA;;;1,00001;1", "left", "four decimals"),
            ("MARIA;;;=1+1;1", "left", "formula"),
            ("MARIA;;;;1", "left", "empty"),
            ("MARIA;;;1;1\nMARIA;;;2;2", "code", "Line 2"),
        ):
            with self.subTest(line=line):
                self.bad(head + line, "carry", column, words)

    def test_not_after_the_first_run(self):
        self._balanced_sales()
        self._posted()
        record = self.check(CARRY, totals=CARRY_TOTALS)
        self.assertEqual(record.state, "bad")
        self.assertIn("The opening comes before", record.problem_ids.message)

    def test_titles(self):
        content = "Código;Rango;Rango pagado\nMARIA;Oro;plata\nJUAN;bronce;\n"
        self.load({"title": {"lines": "2"}}, title=content)
        found = {
            (one.distributor_id.code, one.kind): one.measure
            for one in self.env["mlm.opening"].search([("company_id", "=", self.company.id)])
        }
        self.assertEqual(
            found,
            {("MARIA", "title"): "oro", ("MARIA", "paid"): "plata", ("JUAN", "title"): "bronce"},
        )
        self.bad("Code;Title\nYENNY;Emperor", "title", "title", "bronce")

    def test_accumulated_volume(self):
        versions = self.env["mlm.plan.version"]
        text = versions._shipped(PLAN).replace("version: 1", "version: 2", 1)
        text = re.sub(r"(?m)^valid_from:.*$", "valid_from: 2026-01-05", text) + (
            "\nmeasures:\n"
            "- {code: own, kind: personal, volume: pv, name: {es: Propio, en: Own}}\n"
            "- {code: ever, kind: accumulated, of: own, name: {es: Siempre, en: Ever}}\n"
            "- {code: two, kind: accumulated, of: own, periods: 2, name: {es: Dos, en: Two}}\n"
        )
        as_internal(self.version).write({"state": "retired"})
        self.version = versions._import_document(text)
        self.version._publish_at_once()
        content = "Código;Medida;Valor\nMARIA;ever;125.000,5\n"
        self.load({"accumulated": {"lines": "1", "value": "125000.5"}}, accumulated=content)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(snapshot.prior_value.tolist(), [1_250_005_000])
        self.assertEqual(snapshot.member_id[snapshot.prior_member].tolist(), self.maria.ids)
        self.bad("Code;Measure;Value\nJUAN;two;5", "accumulated", "measure", "ever")

    def test_volume_keeps_people_active(self):
        number = self.cycle[924].number
        content = f"Código;Ciclo;VP;VP de paquetes;VC\nMARIA;{number - 1};60;10;50\n"
        totals = {"lines": "1", "pv": "60", "package_pv": "10", "cv": "50"}
        record = self.load({"volume": totals}, volume=content)
        entries = self.env["mlm.volume.entry"].search(
            [("distributor_id", "=", self.maria.id), ("kind", "=", "opening")]
        )
        self.assertEqual(sum(entries.mapped("pv_e4")), 600000)
        self.assertEqual(entries.period_id.state, "history")
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(snapshot.window_pv_e4.sum(), 600000)
        self.assertEqual(snapshot.window_package_pv_e4.sum(), 100000)
        self.work(record, "action_undo")
        self.assertEqual(record.state, "undone", record.error)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(snapshot.window_pv_e4.sum(), 0)
        self.load({"volume": totals}, volume=content)
        self.bad(
            f"Code;Cycle;PV\nJUAN;{number};60", "volume", "cycle", "not a cycle of the previous"
        )
        self.bad(f"Code;Cycle;PV\nJUAN;{number - 1};-6", "volume", "pv", "below zero")
        self.assertEqual(self.env["mlm.law"]._check_all(), [])

    def test_packages_end_when_they_ended_there(self):
        content = (
            "Código;Paquete;Fecha de compra;Vence el\n"
            "MARIA;ESP-3;2026-03-10;\n"
            "JUAN;ESP-3;2026-03-10;2026-09-30\n"
        )
        record = self.load({"package": {"lines": "2"}}, package=content)
        entries = self.env["mlm.volume.entry"].search(
            [("kind", "=", "opening"), ("company_id", "=", self.company.id)]
        )
        local = self.env["mlm.period"]._local_date
        self.assertEqual(
            {one.buyer_id.code: str(local(self.network, one.moment)) for one in entries},
            {"MARIA": "2026-03-10", "JUAN": "2026-03-30"},
        )
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(len(snapshot.held_member), 2)
        self.work(record, "action_undo")
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], self.version)
        self.assertEqual(len(snapshot.held_member), 0)
        self.assertEqual(self.env["mlm.law"]._check_all(), [])

    def test_bad_packages(self):
        head = "Code;Package;Bought on;Expires on\n"
        for line, column, words in (
            ("MARIA;NONE-9;2026-03-10;", "package", "ESP-3"),
            ("MARIA;ESP-3;;", "bought", "when it expires"),
            ("MARIA;ESP-3;2026-13-10;", "bought", "not a date"),
            ("MARIA;ESP-3;2026-08-20;", "bought", "Enter this purchase as a sale"),
            ("MARIA;ESP-3;;2026-08-31", "expires", "2026-08-28"),
        ):
            with self.subTest(line=line):
                self.bad(head + line, "package", column, words)

    def test_history_is_in_no_run(self):
        content = (
            "Código;Periodo;Hasta;Bono;Valor\n"
            "MARIA;Ciclo 880;19/10/2025;Binario;990000\n"
            "MARIA;Ciclo 880;19/10/2025;Unilevel;-1000\n"
        )
        record = self.load({"history": {"lines": "2", "amount": "989000"}}, history=content)
        history = self.env["mlm.earning.history"].search([("import_id", "=", record.id)])
        self.assertEqual(sum(history.mapped("amount_e4")), 9890000000)
        run = self._preview()
        self.assertEqual(run.amount_e4, 0)
        self.assertFalse(record.sudo().move_ids)
        for role in ("manager", "auditor"):
            mine = history.with_user(self.users[role])
            self.assertEqual(mine.mapped("bonus"), ["Binario", "Unilevel"])
            with self.assertRaises(AccessError):
                mine.write({"bonus": "Other"})
            with self.assertRaises(AccessError):
                mine.unlink()
        with self.assertRaises(AccessError):
            history.with_user(self.users["warehouse"]).read(["amount"])
        # a run computed meanwhile has not used it
        self.work(record, "action_undo")
        self.assertFalse(history.exists())

    def test_open_balances(self):
        content = "Código;Saldo;Vence el;Referencia\nMARIA;185.000,5;2026-08-28;C 923\nJUAN;-50;;\n"
        totals = {"lines": "2", "amount": "184950.5"}
        record = self.load({"balance": totals}, balance=content)
        self.assertEqual(len(record.sudo().move_ids), 1)
        self.assertEqual(self.maria.mlm_balance, 185000.5)
        self.assertEqual(self.juan.mlm_balance, -50)
        move = record.sudo().move_ids
        self.assertEqual(move.state, "posted")
        self.assertEqual(move._mlm_seals().res_id, record.id)
        with self.assertRaisesRegex(UserError, "Undo the opening and load it again"):
            move.button_draft()
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.work(record, "action_undo")
        self.env.invalidate_all()
        self.assertEqual(record.state, "undone", record.error)
        self.assertEqual(self.maria.mlm_balance, 0)
        self.assertEqual(move.reversal_move_ids._mlm_seals().res_id, record.id)
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.bad("Code;Balance\nMARIA;1,005", "balance", "amount", "two different numbers")
        self.bad("Code;Balance\nMARIA;1,0055", "balance", "amount", "decimals")

    def test_balances_need_accounts(self):
        record = self.opening(
            {"balance": {"lines": "1", "amount": "5"}}, balance="Code;Balance\nMARIA;5"
        )
        record.balance_account_id = False
        self.work(record)
        self.assertEqual(record.state, "bad")
        self.assertIn("Opening Account", record.problem_ids.message)

    def test_workbook(self):
        file = io.BytesIO()
        book = openpyxl.Workbook()
        book.active.append(["Right", "CODE", "Left", "Ignored"])
        book.active.append([55240.5, "MARIA", 56, "x"])
        book.save(file)
        totals = {"lines": "1", "left": "56", "right": "55240.5"}
        self.load({"carry": totals}, carry=file.getvalue())

    def test_templates_are_read_again(self):
        for kind in dict(self.env["mlm.opening.file"]._fields["kind"].selection):
            loader = self.env[f"mlm.opening.loader.{kind}"]
            for lang in ("es_CO", "en_US"):
                file = io.BytesIO()
                writer.write_xlsx(
                    file,
                    [loader._headings.heading(key, lang) for key in loader._headings.keys],
                    [[loader._get_example().get(key, "") for key in loader._headings.keys]],
                )
                rows = self.Opening._read_table(file.getvalue(), loader._headings)
                cells = {key: value for key, value in rows[0][1].items() if value}
                self.assertEqual(cells, loader._get_example(), (kind, lang))

    def test_no_file(self):
        record = self.work(self.opening())
        self.assertEqual(record.state, "failed")
        self.assertIn("no file yet", record.error)
        record = self.check("Código;Izquierda\nMARIA;5")
        self.assertEqual(record.state, "failed")
        self.assertIn("Carry-over: ", record.error)

    def test_roles(self):
        for role in ("support", "approver", "accountant", "auditor"):
            with self.assertRaises(AccessError):
                self.env["mlm.opening.import"].with_user(self.users[role]).create({"name": "x"})
        record = self.opening({"carry": CARRY_TOTALS}, carry=CARRY)
        with self.assertRaises(UserError):
            record.state = "good"
        with self.assertRaises(AccessError):
            record.file_ids.row_count = 99
        self.assertEqual(record.with_user(self.users["auditor"]).file_ids.kind, "carry")
