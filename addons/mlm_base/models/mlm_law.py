import json
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, misc

_PREFIX = "mlm_law_"


class MlmLaw(models.AbstractModel):
    """Laws of the house: SQL views that list what breaks them.

    A law is a file ``laws/<name>.sql`` of an add-on: a first line ``-- the law in
    words``, then a query with the columns ``subject`` and ``detail``, one row for
    each violation. It becomes the view ``mlm_law_<name>``.
    """

    _name = "mlm.law"
    _description = "Laws of the House"

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

    def _check_all(self, limit=100):
        """Return the violations of all laws, at most ``limit`` for each law.

        :return: list of ``{"law", "description", "subject", "detail"}``
        """
        self.env.flush_all()
        return [
            {
                "law": name,
                "description": about["description"],
                "subject": subject,
                "detail": detail,
            }
            for name, about in self._get_laws().items()
            for subject, detail in self.env.execute_query(
                SQL(
                    "SELECT subject, detail FROM %s LIMIT %s",
                    SQL.identifier(_PREFIX + name),
                    limit,
                )
            )
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
