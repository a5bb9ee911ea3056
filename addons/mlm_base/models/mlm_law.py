import json
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, misc

_PREFIX = "mlm_law_"
_MODEL = "-- model:"


class MlmLaw(models.AbstractModel):
    """Integrity rules: SQL views that list what breaks them.

    A law is a file ``laws/<name>.sql`` of an add-on: a first line ``-- the law in
    words``, then a query with the columns ``subject`` and ``detail``, one row for
    each violation. It becomes the view ``mlm_law_<name>``. A second line
    ``-- model: mlm.distributor`` says whose rows it examines; the column
    ``record_id`` then names the record to open.

    What no view can say is a check in Python: a model inherits this one and extends
    `_get_checks` and `_run_check`.
    """

    _name = "mlm.law"
    _description = "Integrity Rules"

    @api.model
    def _install_laws(self, module):
        """Create the views of the laws that ``module`` brings, drop its old ones.

        :param str module: technical name of the add-on
        :return: names of the laws installed
        """
        cr = self.env.cr
        names = []
        for path in sorted(Path(misc.file_path(f"{module}/laws")).glob("*.sql")):
            words, __, body = path.read_text(encoding="utf-8").partition("\n")
            if not words.startswith("--"):
                raise ValueError(f"{path.name}: the first line must say the law")
            view = SQL.identifier(_PREFIX + path.stem)
            about = {"module": module, "description": words.lstrip("- ").strip()}
            if body.startswith(_MODEL):
                line, __, body = body.partition("\n")
                about["model"] = line.removeprefix(_MODEL).strip()
            cr.execute(SQL("DROP VIEW IF EXISTS %s", view))
            cr.execute(
                SQL(
                    "CREATE VIEW %s AS %s",
                    view,
                    SQL(body.strip().rstrip(";").replace("%", "%%")),
                )
            )
            cr.execute(SQL("COMMENT ON VIEW %s IS %s", view, json.dumps(about)))
            names.append(path.stem)
        for name, about in self._get_laws().items():
            if about["module"] == module and name not in names:
                cr.execute(SQL("DROP VIEW %s", SQL.identifier(_PREFIX + name)))
        return names

    def _get_laws(self):
        """Return ``{name: {"module": …, "description": …}}`` of all laws."""
        rows = self.env.execute_query(
            SQL(
                """SELECT relname, obj_description(oid, 'pg_class')
                     FROM pg_class
                    WHERE relkind = 'v' AND starts_with(relname, %s)
                      AND relnamespace = current_schema::regnamespace
                 ORDER BY relname""",
                _PREFIX,
            )
        )
        return {
            name.removeprefix(_PREFIX): json.loads(comment) for name, comment in rows if comment
        }

    def _get_checks(self):
        """Return ``{name: {"module", "description", optional "model"}}`` of the laws
        and of every other check, in the order in which they run."""
        return self._get_laws()

    def _run_check(self, name, limit):
        """Return what breaks one law, at most ``limit`` violations.

        :return: list of ``{"subject", "detail"}`` with optional ``res_model`` and
            ``res_id`` of the record concerned
        """
        model = self._get_laws()[name].get("model")
        cr = self.env.cr
        cr.execute(SQL("SELECT * FROM %s LIMIT %s", SQL.identifier(_PREFIX + name), limit))
        found = []
        for row in cr.dictfetchall():
            violation = {"subject": row["subject"], "detail": row["detail"]}
            if model and row.get("record_id"):
                violation.update(res_model=model, res_id=row["record_id"])
            found.append(violation)
        return found

    def _check_all(self, limit=100):
        """Return the violations of all laws and checks, at most ``limit`` for each.

        :return: list of ``{"law", "description", "subject", "detail"}``
        """
        self.env.flush_all()
        return [
            {
                "law": name,
                "description": about["description"],
                "subject": violation["subject"],
                "detail": violation["detail"],
            }
            for name, about in self._get_checks().items()
            for violation in self._run_check(name, limit)
        ]

    def _assert_all(self):
        """Raise a UserError that names what breaks which law, if anything does."""
        violations = self._check_all(limit=10)
        if violations:
            raise UserError(
                self.env._(
                    "The self-check found contradictions; nothing was repaired:\n%s",
                    "\n".join(
                        f"[{row['law']}] {row['subject']}: {row['detail']}" for row in violations
                    ),
                )
            )
