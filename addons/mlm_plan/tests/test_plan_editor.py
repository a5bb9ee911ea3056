from mlm_engine import rules

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user

from .common import PLAN, PlanCommon


class TestPlanEditor(PlanCommon):
    """What the form of a plan asks the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env["mlm.plan.version"]._shipped(PLAN)

    def _versions(self, lang="en_US"):
        return self._as(self.env["mlm.plan.version"], "manager").with_context(lang=lang)

    def test_every_rule_describes_itself(self):
        self.env["res.lang"]._activate_lang("es_CO")
        form = self._versions("es_CO").get_plan_form()
        bonuses = next(one for one in form["sections"] if one["key"] == "bonuses")
        found = {one["value"]: one for one in bonuses["variant"]["options"]}
        self.assertEqual(tuple(sorted(found)), rules.names())
        self.assertEqual(found["binary"]["label"], "Binario")
        step = next(one for one in found["binary"]["fields"] if one["key"] == "step_cv")
        self.assertEqual(
            (step["kind"], step["in"], step["label"], step["default"], step["unit"]),
            ("points", "params", "Paso de pago en CV", "100", "CV"),
        )

    def test_change_is_laid_over_the_document(self):
        read = self._versions().read_plan_form(self.text)
        self.assertEqual([one["severity"] for one in read["findings"]], ["warning"])
        data = read["data"]
        data["bonuses"][1]["params"]["step_cv"] = -1
        done = self._versions().write_plan_form(self.text, data)
        self.assertEqual(done["text"], self.text.replace("step_cv: 100 ", "step_cv: -1 "))
        (error,) = done["findings"]
        self.assertEqual(error["path"], ["bonuses", 1, "params", "step_cv"])
        self.assertEqual(error["place"], "Bonuses › Team binary › Step of CV that is paid")

    def test_what_is_no_document(self):
        read = self._versions().read_plan_form("a: [1")
        self.assertEqual((read["data"], len(read["findings"])), (None, 1))

    def test_a_weapon_is_refused_by_each_door(self):
        """266 characters of references stood for millions of values."""
        weapon = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
            for before, name in zip("abcdef", "bcdefg", strict=True)
        )
        said = "line 1, column 4: `&a` refers to another place of the text"
        (finding,) = self._versions().read_plan_form(weapon)["findings"]
        self.assertEqual(finding["text"], said)
        with self.assertRaisesRegex(ValidationError, "refers to another place"):
            self._versions().write_plan_form(weapon, {"plan": "a"})
        with self.assertRaisesRegex(ValidationError, "use `extends`"):
            self._versions()._import_document(weapon)
        self.env["res.lang"]._activate_lang("es_CO")
        with self.assertRaisesRegex(
            ValidationError, "línea 1, columna 4: `&a` remite a otro lugar"
        ):
            self._versions("es_CO").write_plan_form(weapon, {"plan": "a"})

    def test_data_of_the_form_has_the_limits_of_a_text(self):
        deep = data = {}
        for _ in range(200):
            data["a"] = [{}]
            data = data["a"][0]
        with self.assertRaisesRegex(ValidationError, "deeper nesting"):
            self._versions().write_plan_form("plan: a\n", deep)

    def test_an_empty_document_takes_the_data_of_the_form(self):
        self.assertEqual(self._versions().write_plan_form("", {"plan": "a"})["text"], "plan: a\n")

    def test_strangers_ask_nothing(self):
        self.users["portal"] = new_test_user(self.env, "stranger", groups="base.group_portal")
        for role in ("portal", "warehouse"):
            versions = self._as(self.env["mlm.plan.version"], role)
            with self.subTest(role), self.assertRaises(AccessError):
                versions.get_plan_form()
            with self.subTest(role), self.assertRaises(AccessError):
                versions.write_plan_form("", {})
