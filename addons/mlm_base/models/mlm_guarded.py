from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.models import LOG_ACCESS_COLUMNS
from odoo.tools import ormcache

from ..internal import Vouched, is_internal, is_of_suite, without_key

#: fields that `create` and `write` of the ORM drop from the values by themselves
_OF_THE_ORM = {"id", "display_name", "parent_path", *LOG_ACCESS_COLUMNS}
#: kinds of fields, see `MlmGuarded._classify`
GUARDED, GIVEN, FREE = "guarded", "given", "free"
DERIVED, THROUGH, ROWS = "derived", "through", "rows"


class MlmGuarded(models.AbstractModel):
    """Fields whose values only code of the server sets.

    A value can arrive in the values of ``create`` and ``write``, as ``default_*`` in the
    context, and as ``ir.default``, which every internal user may set for himself and which
    reaches the server's own ``sudo().create``. A guarded field takes none of them: it is
    born with the default in the code, and changes when the caller brings the key of
    `mlm_base.internal`. What a person may write is in ``_free``; what a person says when
    the record is made, and nobody changes later, is in ``_given``.

    Not listed, because it follows from the field:

    * stored computed fields that are read-only, and fields declared ``readonly=True``,
      are guarded, unless ``_free`` says otherwise;
    * computed fields that are not stored hold nothing;
    * editable related fields write through to their target, which guards itself;
    * one2many fields hold rows of another model, which guards itself.

    The sets of all classes of a model are united, so an extension declares its own fields.
    A model on which a person writes nothing says ``_server_only = True``. What a person may
    write until it was published or promised refuses it in `_ensure_may_change`.
    """

    _name = "mlm.guarded"
    _description = "Guarded Fields"

    _guarded = ()
    _given = ()
    _free = ()
    _server_only = False

    # -- which ---------------------------------------------------------------

    @api.model
    def _get_declared(self):
        """Return ``{kind: names of fields}`` of what the classes of the model declare."""
        return {
            kind: frozenset().union(*(vars(one).get(f"_{kind}", ()) for one in type(self).__mro__))
            for kind in (GUARDED, GIVEN, FREE)
        }

    @api.model
    @ormcache()
    def _get_guarded(self):
        """Return the names of the fields whose values only the server sets."""
        declared = self._get_declared()
        return frozenset(
            name
            for name, field in self._fields.items()
            if self._classify(field, declared) == GUARDED
        )

    @api.model
    def _classify(self, field, declared):
        """Return what kind of field this is; None where nobody has declared it.

        :param dict declared: see `_get_declared`
        """
        for kind, names in declared.items():
            if field.name in names:
                return kind
        if field.name in _OF_THE_ORM or not is_of_suite(field._module):
            return None
        if field.type == "one2many":
            return ROWS
        if not field.store and field.related:
            return DERIVED if field.readonly else THROUGH
        if not field.store and field.compute and not field.inverse:
            return DERIVED
        if self._server_only or field.readonly:
            return GUARDED
        return None

    @api.model
    @ormcache()
    def _get_given(self):
        return self._get_declared()[GIVEN]

    # -- the doors -----------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            vals_list = [self._admit(vals) for vals in vals_list]
        return super(MlmGuarded, without_key(self)).create(vals_list)

    def write(self, vals):
        if not is_internal(self.env):
            given = self._get_given().intersection(vals)
            if given:
                raise AccessError(self._get_guarded_message(sorted(given)))
            self._ensure_may_change(set(vals))
            vals = self._admit(vals)
        return super(MlmGuarded, without_key(self)).write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        if not is_internal(self.env):
            self._ensure_may_change({field_name})
            self._admit(dict.fromkeys([field_name]))
        return super(MlmGuarded, without_key(self))._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def copy_data(self, default=None):
        guarded = self._get_guarded()
        return [
            {name: value for name, value in vals.items() if name not in guarded}
            for vals in super().copy_data(default=default)
        ]

    @api.model
    def default_get(self, fields):
        guarded = self._get_guarded()
        values = super().default_get([name for name in fields if name not in guarded])
        values = {name: value for name, value in values.items() if name not in guarded}
        return values | self._get_coded_defaults(guarded.intersection(fields))

    def _add_missing_default_values(self, values):
        guarded = self._get_guarded()
        coded = self._get_coded_defaults(guarded.difference(values))
        given = {**coded, **values}
        full = super()._add_missing_default_values(given)
        return {k: v for k, v in full.items() if k not in guarded or k in given}

    @api.model
    def _get_coded_defaults(self, names):
        """Return the defaults that stand in the code, as values to write."""
        values = {}
        for name in names:
            field = self._fields[name]
            if not field.default:
                continue
            value = field.convert_to_cache(field.default(self), self, validate=False)
            value = field.convert_to_write(value, self)
            if field.type == "many2many" and value and isinstance(value[0], int):
                value = [Command.set(value)]
            values[name] = value
        return values

    def _ensure_may_change(self, names):
        """Refuse a change of these fields by a person, where the record stays as it is.

        Asked before values or translations are written; a model says when it is fixed.

        :param set names: of fields
        :raise UserError: one of them is fixed
        """

    @api.model
    def _admit(self, vals):
        """Return the values, of the guarded fields only those that the server vouches for.

        :raise AccessError: somebody else gives a guarded value
        """
        guarded = self._get_guarded().intersection(vals)
        if not guarded:
            return vals
        refused = sorted(name for name in guarded if not isinstance(vals[name], Vouched))
        if refused:
            raise AccessError(self._get_guarded_message(refused))
        return {**vals, **{name: int(vals[name]) or False for name in guarded}}

    @api.model
    def _get_guarded_message(self, names):
        """Return the sentence for who writes guarded fields; a model names its remedy."""
        labels = [
            description["string"] for description in self.fields_get(names, ["string"]).values()
        ]
        return self.env._(
            "%(model)s: the system sets “%(fields)s”, after checking it. Use the buttons on the "
            "form.",
            model=self._description,
            fields="”, “".join(labels or names),
        )
