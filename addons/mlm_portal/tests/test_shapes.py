# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from types import SimpleNamespace

from mlm_engine.telling import shapes
from mlm_engine.telling.view import View

from odoo.tests import TransactionCase, tagged

from ..models.statement.mlm_portal_explanation import _DRAWN


@tagged("post_install", "-at_install")
class TestShapes(TransactionCase):
    """A step of any shape is drawn, whatever rule it comes from."""

    def setUp(self):
        super().setUp()
        view = View(SimpleNamespace(plan={}), None, lambda kind, index: f"{kind} {index}", "en")
        base = shapes.figure(view, "the base", "1500.5", "CV")
        whole = shapes.figure(view, "the whole", "3001", "CV")
        person = {"level": 1, "name": "Somebody", "here": False, "reason": "not_qualified"}
        people = [
            {**person, "reason_text": "SECRET", "amount": "777"},
            {
                **person,
                "name": "Reader",
                "level": 2,
                "here": True,
                "reason": "paid",
                "reason_text": "",
            },
        ]
        asked = {"holds": False, "text": "Volume: 5 of 10", "done": 50}
        given = view, "of_a_new_rule", "The sentence"
        self.steps = {
            "sentence": shapes.sentence(*given, title="Heading", hidden="888"),
            "amounts": shapes.amounts(*given, [base]),
            "formula": shapes.formula(*given, [("", base), ("+", base), ("=", whole)], [base]),
            "path": shapes.path(*given, people, "generation", left_out=9),
            "conditions": shapes.conditions(*given, [asked]),
            "sales": shapes.sales(*given, [(7, base)], 30),
        }
        self.shown = {
            "sentence": ["The sentence", "Heading"],
            "amounts": ["he base", "1,500.5"],
            "formula": ["the base", "1,500.5", "+", "=", "3,001"],
            "path": ["Somebody", "9"],
            "conditions": ["Volume: 5 of 10", "width: 50%"],
            "sales": ["The sentence", "row 7", "1,500.5"],
        }

    def test_every_shape_is_known_here(self):
        self.assertEqual(set(self.steps), set(shapes.SHAPES))
        self.assertEqual(set(_DRAWN), set(shapes.SHAPES))
        for step in self.steps.values():
            self.assertEqual(shapes.problems(step), [])

    def test_the_portal_draws_it(self):
        explanation = self.env["mlm.portal.explanation"]
        for shape, step in self.steps.items():
            drawn = explanation._step(step)
            html = str(self.env["ir.qweb"]._render("mlm_portal.explanation_step", {"step": drawn}))
            for words in self.shown[shape]:
                self.assertIn(words, html + drawn["title"], shape)
            for secret in ("SECRET", "777", "888", "of_a_new_rule"):
                self.assertNotIn(secret, html)

    def test_the_back_office_draws_it(self):
        steps = list(self.steps.values())
        html = str(
            self.env["ir.qweb"]._render("mlm_commission.explanation_steps", {"steps": steps})
        )
        for words in ("Heading", "Somebody", "SECRET", "width: 50%", "row 7", "1,500.5"):
            self.assertIn(words, html)
        self.assertNotIn("of_a_new_rule", html)
