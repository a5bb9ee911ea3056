from odoo.tests import TransactionCase, tagged

from ..models.mlm_guarded import is_of_suite


@tagged("post_install", "-at_install")
class TestDeclared(TransactionCase):
    """Every field of the suite is guarded or free; whoever adds one has to say which."""

    def _get_models(self):
        """Yield the stored models that have fields of the suite."""
        for name in sorted(self.registry):
            model = self.env[name]
            # what a wizard says is checked by the method that it calls
            if model._abstract or model._transient:
                continue
            own = [field for field in model._fields.values() if is_of_suite(field._module)]
            if own:
                yield model, own

    def _is_harmless(self, field):
        """Say whether a field of a model without the mixin holds nothing of its own."""
        return field.type == "one2many" or (not field.store and not field.inverse)

    def test_every_field_is_declared(self):
        wrong = []
        for model, own in self._get_models():
            if not isinstance(model, self.registry["mlm.guarded"]):
                wrong += [
                    f"{field}: its model does not inherit mlm.guarded"
                    for field in own
                    if not self._is_harmless(field)
                ]
                continue
            declared = model._get_declared()
            names = [name for kind in declared.values() for name in kind]
            wrong += [
                f"{model._name}.{name}: declared twice" for name in names if names.count(name) > 1
            ]
            wrong += [
                f"{model._name}.{name}: declared, but no such field"
                for name in set(names) - set(model._fields)
            ]
            wrong += [
                f"{field}: neither guarded nor free"
                for field in own
                if not model._classify(field, declared)
                and field.name not in ("id", "display_name", "parent_path")
                and not field.name.startswith(("create_", "write_"))
            ]
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def test_rows_of_evidence_have_no_free_field(self):
        for model, __ in self._get_models():
            if isinstance(model, self.registry["mlm.append.only"]):
                self.assertFalse(any(model._get_declared().values()), model._name)
                self.assertLessEqual({"author_id", "recorded_at"}, model._get_guarded())

    def test_the_database_stamps_all_evidence(self):
        tables = {
            model._table
            for model, __ in self._get_models()
            if isinstance(model, self.registry["mlm.append.only"])
        }
        self.env.cr.execute(
            """SELECT tgrelid::regclass::text FROM pg_trigger
                WHERE tgname = 'mlm_recorded_at' AND tgenabled <> 'D'"""
        )
        self.assertLessEqual(tables, {table for (table,) in self.env.cr.fetchall()})

    def test_a_new_field_must_be_declared(self):
        model = self.env["mlm.exchange.rate"]
        field = model._fields["date_from"]
        self.assertIsNone(model._classify(field, {}))
