from datetime import datetime

from freezegun import freeze_time
from mlm_engine.kernel import snapshot_file
from mlm_engine.kernel.codes import PLAN, STREAK, Measure

from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestSnapshotBefore(CommissionCommon):
    """What a run takes over from the posted run before, and the trees it reads."""

    def _next(self, number=925):
        return self.env["mlm.snapshot"]._load(self.cycle[number], self.version)

    def _posted_with(self, *figures):
        """Post 924 with more figures of people, as an engine could have found them."""
        self._balanced_sales()
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        self._store_figures(run, *figures)  # the audit before approval would see them
        # the fingerprint that such a result would have had
        as_internal(run.sudo()).write(
            {"digest": run._stored_digest(snapshot_file.loads(run._snapshot_data()).member_id)}
        )
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        return run

    def _bonus(self, code):
        bonus = self.version.bonus_ids.filtered(lambda one: one.code == code)
        return bonus, bonus.sequence

    def test_state_comes_back(self):
        """Awards had and streaks of people, as the run before left them."""
        bonus, place = self._bonus("gen5")
        self._posted_with(
            {
                "holder": self.juan.id,
                "bonus": bonus,
                "measure": Measure.AWARDED,
                "value": 5,
            },
            {
                "holder": self.maria.id,
                "bonus": bonus,
                "measure": STREAK + 1,
                "value": 2,
            },
        )
        snapshot = self._next()
        found = {
            (int(snapshot.member_id[member]), int(bonus), int(measure), int(value))
            for member, bonus, measure, value in zip(
                snapshot.state_member,
                snapshot.state_bonus,
                snapshot.state_measure,
                snapshot.state_value,
                strict=True,
            )
        }
        self.assertEqual(
            found,
            {
                (self.juan.id, place, int(Measure.AWARDED), 5),
                (self.maria.id, place, STREAK + 1, 2),
            },
        )

    def test_carry_comes_back(self):
        """What a leg had over is there in the next cycle, also where nobody sells."""
        self._balanced_sales(left=2, right=1)
        run = self._posted()
        rows = self.env["mlm.snapshot"]._figures_of(run, [Measure.CARRY_LEFT])
        self.assertEqual(rows["value"].size, 1)
        self.assertEqual(self._next().carry_value.tolist(), rows["value"].tolist())

    def test_rank_paid_as_and_misses(self):
        self._posted_with(
            {"holder": self.juan.id, "measure": Measure.RANK_MISSES, "value": 2},
        )
        snapshot = self._next()
        members = list(snapshot.member_id)
        self.assertEqual(snapshot.member_misses[members.index(self.juan.id)], 2)
        # MARÍA matched 1,000 CV: below bronze
        self.assertEqual(snapshot.member_paid[members.index(self.maria.id)], 0)

    def test_opening_of_ranks(self):
        as_internal(self.env["mlm.opening"]).create(
            [
                {
                    "company_id": self.company.id,
                    "kind": kind,
                    "distributor_id": self.juan.id,
                    "measure": rank,
                }
                for kind, rank in (("title", "oro"), ("paid", "plata"))
            ]
        )
        snapshot = self._next(924)
        juan = list(snapshot.member_id).index(self.juan.id)
        self.assertEqual(snapshot.member_title[juan], 3)
        self.assertEqual(snapshot.member_paid[juan], 2)

    def test_trees_that_the_plan_names(self):
        """Positions of both trees, each with its tree and its spot."""
        team = self.env["mlm.tree"].create(
            {
                "name": "Team",
                "code": "team",
                "kind": "matrix",
                "width": 3,
                "network_id": self.network.id,
            }
        )
        positions = self.env["mlm.position"]
        head = positions._place(self.maria, tree=team, at=datetime(2026, 8, 1, 12))
        below = positions._place(self.juan, head, slot=2, at=datetime(2026, 8, 2, 12))
        text = self.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace(
            "trees: [sponsor, placement]",
            "trees: [sponsor, placement, {code: team, kind: matrix, width: 3}]",
        )
        version = self.env["mlm.plan.version"]._import_document(text)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], version)
        at = list(snapshot.position_id)
        self.assertEqual(snapshot.position_tree[at.index(head.id)], 1)
        self.assertEqual(snapshot.position_leg[at.index(head.id)], -1)
        self.assertEqual(snapshot.position_leg[at.index(below.id)], 1)
        self.assertEqual(snapshot.position_parent[at.index(below.id)], at.index(head.id))
        binary = self.juan.position_ids - below
        self.assertEqual(snapshot.position_tree[at.index(binary.id)], 0)
        self.assertEqual(snapshot.position_leg[at.index(binary.id)], 0)

    def test_tree_that_is_missing(self):
        """Two binary trees, none with the code that the plan names."""
        self.env["mlm.tree"].create({"name": "Other", "code": "C", "network_id": self.network.id})
        with self.assertRaisesRegex(UserError, "placement tree “placement”"):
            self._next(924)
        self.tree.code = "placement"
        self.assertEqual(len(self._next(924).position_id), 3)
        # from then on the plan in force knows it by this code
        with self.assertRaisesRegex(UserError, "uses the code “placement”"):
            self.tree.code = "D"
        self.tree.write({"code": "placement", "name": "Another name"})

    def test_other_currencies(self):
        """A bonus in another currency brings its rate of the last day."""
        self.env.ref("base.GBP").active = True
        self.env["mlm.exchange.rate"].create(
            {
                "company_id": self.company.id,
                "currency_id": self.env.ref("base.GBP").id,
                "date_from": "2026-08-20",
                "rate_e6": 5_000_000_000,
            }
        )
        text = self.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("  - code: gen5\n", "  - code: gen5\n    currency: GBP\n")
        version = self.env["mlm.plan.version"]._import_document(text)
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[924], version)
        self.assertEqual(snapshot.rates, {"GBP": 5_000_000_000})


MEASURES = """\
measures:
  - {code: pv, name: {es: PV, en: PV}, kind: personal, volume: pv}
  - {code: two, name: {es: Dos ciclos, en: Two cycles}, kind: accumulated, of: pv, periods: 3}
  - {code: ever, name: {es: Desde siempre, en: Ever}, kind: accumulated, of: pv, periods: 0}
ranks:
"""


@freeze_time("2026-09-10 12:00:00")
class TestAccumulated(CommissionCommon):
    """Measures over several periods read what earlier runs found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = cls.version.document.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        cls.plan = cls.env["mlm.plan.version"]._import_document(text.replace("ranks:", MEASURES, 1))
        cls.plan._publish_at_once()

    def _prior(self, number):
        snapshot = self.env["mlm.snapshot"]._load(self.cycle[number], self.plan)
        return {
            (self.plan.measure_ids[measure].code, int(age)): int(value)
            for member, measure, age, value in zip(
                snapshot.prior_member,
                snapshot.prior_measure,
                snapshot.prior_age,
                snapshot.prior_value,
                strict=True,
            )
            if snapshot.member_id[member] == self.juan.id
        }

    def _value(self, run, code):
        measure = self.plan.measure_ids.filtered(lambda one: one.code == code)
        value = run._values_of(self.juan.ids, [PLAN + measure.sequence])
        return value.get((self.juan.id, PLAN + measure.sequence), 0) / 10_000

    def test_two_cycles_and_ever(self):
        self._sale(self.juan, quantity=1, day="2026-08-19")
        self._sale(self.juan, quantity=2, day="2026-08-26")
        self._sale(self.juan, quantity=4, day="2026-09-02")
        self._posted(924)
        self._posted(925)
        self.assertEqual(
            self._prior(926),
            {("pv", 1): 300_000, ("pv", 2): 150_000, ("ever", 1): 450_000},
        )
        run = self._posted(926)
        self.assertEqual((self._value(run, "two"), self._value(run, "ever")), (105, 105))
        self.assertFalse(run._verify())

    def test_opening_volume(self):
        as_internal(self.env["mlm.opening"]).create(
            {
                "company_id": self.company.id,
                "kind": "accumulated",
                "distributor_id": self.juan.id,
                "measure": "ever",
                "value_e4": 7_000_000,
            }
        )
        self.assertEqual(self._prior(924), {("ever", 1): 7_000_000})
        self._sale(self.juan, day="2026-08-19")
        self.assertEqual(self._value(self._posted(924), "ever"), 715)
        self.assertEqual(self._prior(925)["ever", 1], 7_150_000)
