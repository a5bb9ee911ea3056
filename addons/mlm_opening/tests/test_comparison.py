import base64
import io
from decimal import Decimal

import openpyxl
from mlm_engine.kernel.codes import Measure

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..comparing import legacy


@tagged("post_install", "-at_install")
class TestComparison(CommissionCommon):
    """MARÍA earns the binary, and GEN5 of two packages that JUAN and YENNY buy."""

    def setUp(self):
        super().setUp()
        self._sale(self.maria, product=self.packages["ESP-3"], day="2026-08-18")
        self._sale(self.juan, product=self.packages["ESP-1"], day="2026-08-19")
        self._sale(self.yenny, product=self.packages["ESP-3"], day="2026-08-19")
        self._balanced_sales(left=2)
        self.computed = self._preview()
        self.ours = self._amounts(self.computed)
        self.binary = round(self.ours["MARIA", "binary"])

    def compare(self, rows, head="Código;Bono;Valor"):
        content = "\n".join([head, *rows]).encode()
        found = self.env["mlm.comparison"]._compare(self.computed, content)
        totals = found.causes(self.env)
        # whatever the causes are, they sum to the difference of the totals
        self.assertEqual(sum(one["difference_e4"] for one in totals), found.ours_e4 - found.old_e4)
        self.assertEqual(found.ours_e4, self.computed.amount_e4)
        said = found.document(self.env)
        self.assertEqual(Decimal(said["ours"]), from_e4(found.ours_e4))
        self.assertEqual(len(said["differences"]), sum(one["lines"] for one in said["causes"]))
        return found

    def same(self, **changes):
        """Lines that say what we do, but for changes: ``MARIA_binary=5``, None: no line."""
        rows = {f"{code}_{bonus}": amount for (code, bonus), amount in self.ours.items()}
        rows.update(changes)
        return [
            f"{key.split('_')[0]};{key.split('_')[1]};{amount:.2f}"
            for key, amount in rows.items()
            if amount is not None
        ]

    def only(self, found):
        self.assertEqual(len(found.differences), 1, found.differences)
        return found.differences[0]

    def test_agreement(self):
        self.assertIn(("MARIA", "gen5"), self.ours)
        found = self.compare(self.same())
        self.assertEqual(found.differences, [])
        self.assertEqual(found.compared, len(self.ours))
        totals = {}
        for (code, _bonus), amount in self.ours.items():
            totals[code] = totals.get(code, 0) + amount
        rows = [f"{code};{amount:.2f}" for code, amount in totals.items()]
        self.assertEqual(self.compare(rows, "Code;Amount").differences, [])

    def test_causes(self):
        exact = self.ours["MARIA", "binary"]
        ((_position, _measure, rate),) = self.computed._get_position_values(
            self.maria.position_ids, [Measure.RATE]
        )
        percent = rate / 10_000
        self.assertEqual(percent, 17)
        for changes, cause, words in (
            ({"NOBODY_binary": 5}, "network", "NOBODY"),
            ({"MARIA_pool": 5}, "bonus", "pool"),
            ({"MARIA_binary": exact / 17 * 15}, "rate", "15 %"),
            ({"MARIA_binary": exact / 1_000 * 950}, "volume", "950"),
            ({"MARIA_binary": exact + 0.01}, "rounding", "one unit"),
            ({"MARIA_binary": exact + 1234.56}, "unexplained", "No figure"),
            ({"MARIA_gen5": None}, "unexplained", "No figure"),
        ):
            with self.subTest(changes=changes):
                one = self.only(self.compare(self.same(**changes)))
                self.assertEqual((one.cause, words in one.note), (cause, True), one.note)

    def test_somebody_else_got_it(self):
        gen5 = self.env["mlm.earning"].search(
            [
                *self.computed._id_domain("mlm.earning"),
                ("payee_id", "=", self.maria.id),
                ("source_id", "=", self.yenny.id),
                ("amount_e4", "!=", 0),
            ]
        )
        moved = sum(gen5.mapped("amount_e4")) / 10_000
        self.assertGreater(moved, 0)
        found = self.compare(
            self.same(MARIA_gen5=self.ours["MARIA", "gen5"] - moved, JUAN_gen5=moved)
        )
        self.assertEqual({one.cause for one in found.differences}, {"position"})
        self.assertEqual({one.code for one in found.differences}, {"MARIA", "JUAN"})
        self.assertIn("YENNY", found.differences[0].note)

    def test_sale_that_is_missing_there(self):
        gen5 = self.env["mlm.earning"].search(
            [
                *self.computed._id_domain("mlm.earning"),
                ("payee_id", "=", self.maria.id),
                ("source_id", "=", self.yenny.id),
                ("amount_e4", "!=", 0),
            ]
        )
        missing = sum(gen5.mapped("amount_e4")) / 10_000
        one = self.only(self.compare(self.same(MARIA_gen5=self.ours["MARIA", "gen5"] - missing)))
        self.assertEqual(one.cause, "volume")
        self.assertIn("YENNY", one.note)

    def test_more_columns_say_more(self):
        head = "Code;Bonus;Amount;Rank;Active;Own PV;Left;Sponsor code"
        odd = self.ours["MARIA", "binary"] + 1234.56
        others = [
            f"{code};{bonus};{amount:.2f};;;;;"
            for (code, bonus), amount in self.ours.items()
            if (code, bonus) != ("MARIA", "binary")
        ]
        for cells, cause in (
            ("Bronce;;;;", "rank"),
            (";no;;;", "activity"),
            (";;1;;", "volume"),
            (";;;77;", "volume"),
        ):
            with self.subTest(cells=cells):
                line = f"MARIA;binary;{odd:.2f};{cells}"
                if cells.startswith("Bronce") and self.rank("MARIA") == "bronce":
                    line = line.replace("Bronce", "Oro")
                found = self.compare([line, *others], head)
                self.assertEqual([one.cause for one in found.differences], [cause])
        # JUAN is above YENNY there and not here; MARIA is above her in both systems
        yenny = "YENNY;total;0;;;;;JUAN"
        juan = "JUAN;binary;1234.56;;;;;"
        found = self.compare([f"MARIA;binary;{odd:.2f};;;;;", juan, yenny, *others], head)
        self.assertEqual(
            {one.code: one.cause for one in found.differences},
            {"MARIA": "unexplained", "JUAN": "position"},
        )

    def rank(self, code):
        member = self.env["mlm.distributor"].search(
            [("company_id", "=", self.company.id), ("code", "=", code)]
        )
        index = self.computed._values_of(member.ids, [Measure.RANK])
        return self.version._plan()["ranks"][index.get((member.id, Measure.RANK), 0)]["code"]

    def test_rank_alone(self):
        wrong = "oro" if self.rank("MARIA") != "oro" else "plata"
        rows = [f"{row};{wrong if row.startswith('MARIA;binary') else ''}" for row in self.same()]
        one = self.only(self.compare(rows, "Código;Bono;Valor;Rango"))
        self.assertEqual((one.cause, one.difference_e4), ("rank", 0))

    def test_nobody_there(self):
        found = self.compare(["NOBODY;5"], "Code;Amount")
        self.assertEqual({one.cause for one in found.differences}, {"network", "absent"})

    def test_bad_files(self):
        for content, code, lines in (
            (b"", "empty", 0),
            (b"Code;Bonus\nMARIA;binary", "headings", 1),
            (b"Code;Amount\nMARIA;five\n;5\nMARIA;1,2,3", "lines", 3),
            (b"Code;Bonus;Amount\nMARIA;;5\nMARIA;binary;5", "lines", 1),
            (b"Code;Amount\nMARIA;5\nMARIA;6", "lines", 1),
        ):
            with self.subTest(content=content), self.assertRaises(legacy.LegacyError) as caught:
                legacy.read(content)
            self.assertEqual((caught.exception.code, len(caught.exception.problems)), (code, lines))
        with self.assertRaisesRegex(UserError, "Line 2, Amount: “five”"):
            self.env["mlm.comparison"]._compare(self.computed, b"Code;Amount\nMARIA;five")

    def test_screen(self):
        content = "\n".join(["Código;Bono;Valor", *self.same(NOBODY_binary=5)]).encode()
        wizard = (
            self.env["mlm.comparison"]
            .with_user(self.users["auditor"])
            .create({"run_id": self.computed.id, "file": base64.b64encode(content)})
        )
        wizard.action_compare()
        wizard.action_compare()
        self.assertEqual(wizard.cause_ids.mapped("cause"), ["network"])
        self.assertEqual(wizard.line_ids.mapped("difference_e4"), [-50_000])
        self.assertEqual(wizard.difference_e4, -50_000)
        with wizard._write_xlsx() as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        self.assertEqual(len(book.worksheets), 2)
        self.assertEqual(book.worksheets[1].max_row, 2)
        self.assertEqual(book.worksheets[0].cell(3, 4).value, -5)
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["manager"]).read(["difference"])
        for role in ("support", "warehouse"):
            with self.assertRaises(AccessError):
                self.env["mlm.comparison"].with_user(self.users[role]).create(
                    {"run_id": self.computed.id}
                )

    def large(self):
        """A comparison that waits for the background."""
        rows = self.same(MARIA_binary=self.binary + 5)
        # padding that is no line, so that only the size is another
        content = "\n".join(["Código;Bono;Valor", *rows, "\n" * 3 * 1024 * 1024]).encode()
        wizard = (
            self.env["mlm.comparison"]
            .with_user(self.users["manager"])
            .create(
                {
                    "run_id": self.computed.id,
                    "file_name": "old.csv",
                    "file": base64.b64encode(content),
                }
            )
        )
        wizard.action_compare()
        return wizard

    def work_in_background(self):
        with self.enter_registry_test_mode():
            self.env.ref("mlm_opening.cron_compare").method_direct_trigger()

    def test_a_waiting_comparison_is_stopped(self):
        """It says who stopped it, is not made, and can be started again."""
        wizard = self.large()
        wizard.action_stop()
        self.assertEqual(wizard.state, "failed")
        self.assertEqual(wizard.error, f"{self.users['manager'].name} stopped this work.")
        self.work_in_background()
        self.assertEqual((wizard.state, wizard.is_done), ("failed", False))
        wizard.action_compare()
        self.work_in_background()
        self.assertEqual((wizard.state, wizard.error), ("done", False))
        wizard.action_stop()
        self.assertEqual(wizard.state, "done")

    def test_a_large_file_is_read_in_the_background(self):
        wizard = self.large()
        self.assertEqual((wizard.state, wizard.is_done), ("waiting", False))
        self.assertTrue(wizard.progress_stage)
        self.work_in_background()
        self.assertEqual((wizard.state, wizard.is_done, wizard.error), ("done", True, False))
        self.assertEqual(wizard.line_ids.mapped("code"), ["MARIA"])
        self.assertEqual(wizard.difference, -5)

    def test_a_file_too_large_is_named(self):
        wizard = self.env["mlm.comparison"].create(
            {
                "run_id": self.computed.id,
                "file_name": "huge.csv",
                "file": base64.b64encode(b"Code;Amount\n" + b"A;5\n" * 27 * 1024 * 1024),
            }
        )
        with self.assertRaisesRegex(UserError, r"huge\.csv.*109 MB.*100 MB"):
            wizard.action_compare()


@tagged("post_install", "-at_install")
class TestNumbersOfComparison(CommissionCommon):
    """Codes and amounts of the old system, as CSV and as XLSX."""

    def contents(self, *row):
        heads = ("Code", "Amount", "Sponsor")
        book, target = openpyxl.Workbook(), io.BytesIO()
        book.active.append(heads)
        book.active.append(row)
        book.save(target)
        csv = "\n".join(";".join(map(str, line)) for line in (heads, row)).encode()
        return csv, target.getvalue()

    def test_whole_floats_are_their_number(self):
        for row in (("52000222.0", "1500.0", "7.0"), (52000222.0, 1500.0, 7.0)):
            for content in self.contents(*row):
                found = legacy.read(content)
                self.assertEqual(found.amounts, {("52000222", legacy.TOTAL): 15_000_000})
                self.assertEqual(found.facts, {"52000222": {"sponsor": "7"}})

    def test_hidden_digits_are_refused_with_the_line(self):
        for row, column in (
            (("1,02030405E+09", "5", ""), "code"),
            (("A", "1,5E+06", ""), "amount"),
            (("A", "5", "1.02E+09"), "sponsor"),
        ):
            for content in self.contents(*row):
                with self.assertRaises(legacy.LegacyError) as caught:
                    legacy.read(content)
                self.assertEqual([one[:2] for one in caught.exception.problems], [(2, column)])
