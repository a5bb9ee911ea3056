"""Values that somebody would like to see in guarded fields."""

import json

from ..models.mlm_guarded import is_of_suite

MOMENT, DAY, TEXT, NUMBER = "2020-01-01 00:00:00", "2020-01-02", "LIE", 987654


def guarded_models(env):
    """Return the stored models with the mixin, sorted by name."""
    mixin = env.registry["mlm.guarded"]
    return [
        env[name]
        for name in sorted(env.registry)
        if isinstance(env[name], mixin)
        and not env[name]._abstract
        and not env[name]._transient
        and any(is_of_suite(env[name]._fields[field]._module) for field in env[name]._get_guarded())
    ]


def lie(model, name, user):
    """Return a value for a guarded field that differs from its default, None if there is none.

    A reference to a user becomes ``user``.
    """
    field = model._fields[name]
    honest = model._get_coded_defaults([name]).get(name)
    if field.type in ("char", "text", "html"):
        return TEXT
    if field.type in ("integer", "float", "monetary"):
        return NUMBER
    if field.type == "boolean":
        return not honest
    if field.type == "date":
        return DAY
    if field.type == "datetime":
        return MOMENT
    if field.type == "selection":
        options = [option for option in field.get_values(model.env) if option != honest]
        return options[-1] if options else None
    if field.type == "many2one":
        if field.comodel_name == "res.users":
            return user.id
        # sudo: any record will do
        found = model.env[field.comodel_name].sudo().search([("id", "!=", honest or 0)], limit=1)
        return found.id or None
    if field.type == "json":
        return {"lie": NUMBER}
    return None


def lies(model, user):
    """Return ``{guarded field: lie}`` of a model."""
    told = {name: lie(model, name, user) for name in sorted(model._get_guarded())}
    return {name: value for name, value in told.items() if value is not None}


def tell_as_defaults(env, users, liar, models=None):
    """Let each of ``users`` have set for himself a default for every guarded field."""
    rows = [
        (user.id, model._name, name, json.dumps(value))
        for model in models or guarded_models(env)
        for name, value in lies(model, liar).items()
        for user in users
    ]
    env.cr.execute(
        """INSERT INTO ir_default (field_id, user_id, json_value)
           SELECT field.id, told.user_id, told.value
             FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[])
                  AS told(user_id, model, name, value)
             JOIN ir_model_fields field ON (field.model, field.name) = (told.model, told.name)""",
        [[row[column] for row in rows] for column in range(4)],
    )
    env["ir.default"].invalidate_model()
    env.registry.clear_cache()


def tell_in_context(env, liar, models=None):
    """Return the context of a call that names every guarded field; where models share a
    name of a field, those that come first in ``models`` decide."""
    context = {}
    for model in models or guarded_models(env):
        for name, value in lies(model, liar).items():
            context.setdefault(f"default_{name}", value)
    return context
