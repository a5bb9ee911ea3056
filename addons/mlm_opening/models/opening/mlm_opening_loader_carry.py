# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import rules

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import Headings, plain

HEADINGS = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code"),
        "position": ("código de la posición", "position code", "posición", "position"),
        "bonus": ("bono", "bonus", "código del bono", "bonus code"),
        "left": ("izquierda", "left", "puntos a la izquierda", "volume left"),
        "right": ("derecha", "right", "puntos a la derecha", "volume right"),
    },
    ("code", "left", "right"),
)


class MlmOpeningLoaderCarry(models.AbstractModel):
    """Volume that waits on each leg of a position; the first run starts with it."""

    _name = "mlm.opening.loader.carry"
    _description = "Opening: Carry-Over"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _figures = ("left", "right")
    _read_by_runs = True

    def _get_example(self):
        return {"code": "10001", "bonus": "binary", "left": "56", "right": "55240.5"}

    def _examine(self, job, lines):
        _ = self.env._
        members = job.members(lines)
        bonuses = self._get_bonuses(job.record)
        positions = self._get_positions(job.record, members)
        taken = self._get_taken(job.record)
        rows, seen = [], {}
        for line, cells in lines:
            code = job.text(line, cells, "code")
            bonus = job.text(line, cells, "bonus")
            if bonus:
                bonus = job.choice(
                    line, "bonus", bonus, {plain(one): one for one in bonuses}, bonuses
                )
            elif len(bonuses) == 1:
                bonus = bonuses[0]
            else:
                job.add(line, "bonus", "", _("Choose the bonus: %s.", ", ".join(bonuses) or "-"))
            sides = {
                f"carry_{side}": job.number(line, cells, side, required=True, negative=True)
                for side in ("left", "right")
            }
            position = (
                self._find_position(
                    job, line, job.text(line, cells, "position"), code, positions.get(code, {})
                )
                if code in members
                else None
            )
            if not bonus or not position:
                continue
            job.once(seen, line, "code", (position, bonus), code)
            if (position, bonus) in taken:
                job.add(
                    line,
                    "code",
                    code,
                    _("This position already has an opening of this bonus. Undo that first."),
                )
            rows += [
                {
                    "company_id": job.company.id,
                    "network_id": job.network.id,
                    "import_id": job.record.id,
                    "kind": "carry",
                    "distributor_id": members[code],
                    "position_id": position,
                    "bonus_code": bonus,
                    "measure": measure,
                    "value_e4": value_e4,
                }
                for measure, value_e4 in sides.items()
                if value_e4
            ]
        return rows

    def _find_position(self, job, line, wanted, code, positions):
        """Return the id of the position that a line means, None where it is not clear."""
        _ = self.env._
        if wanted:
            if wanted in positions:
                return positions[wanted]
            message = _("%s does not hold that position. Correct the code, or clear it.", code)
        elif len(positions) == 1:
            return next(iter(positions.values()))
        elif positions:
            message = _("Choose one of the positions: %s.", ", ".join(sorted(positions)))
        else:
            message = _("%s holds no position. Place the person first.", code)
        job.add(line, "position", wanted, message)
        return None

    def _get_bonuses(self, record):
        plan = self._get_version(record)._plan()
        return [bonus["code"] for bonus in plan["bonuses"] if rules.get(bonus["rule"]).on_positions]

    def _get_positions(self, record, members):
        """Return ``{distributor code: {position code: id}}`` of the binary trees."""
        rows = self.env.execute_query(
            SQL(
                """SELECT d.code, p.code, p.id
                     FROM mlm_position p
                     JOIN mlm_tree t ON t.id = p.tree_id AND t.kind = 'binary'
                     JOIN mlm_distributor d ON d.id = p.distributor_id
                    WHERE d.company_id = %s AND d.id = ANY(%s) AND p.state <> 'removed'""",
                record.company_id.id,
                list(members.values()),
            )
        )
        found = {}
        for code, position, position_id in rows:
            found.setdefault(code, {})[position] = position_id
        return found

    def _get_taken(self, record):
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT position_id, bonus_code FROM mlm_opening"
                    " WHERE company_id = %s AND kind = 'carry'",
                    record.company_id.id,
                )
            )
        )

    def _store(self, record, file, rows, tell):
        self._create_rows("mlm.opening", rows, tell)

    def _remove(self, record, file):
        # sudo: the opening was loaded by its work, and is taken back by it
        self.env["mlm.opening"].sudo().search(
            [("import_id", "=", record.id), ("kind", "=", "carry")]
        ).unlink()
