# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import tempfile
from pathlib import Path

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ... import plan_words
from ...engine import digest
from ...engine import run as engine_run
from ...evidence.pack import Pack

ENGINE = Path(engine_run.__file__).parent
EVIDENCE = ENGINE.parent / "evidence"
ROLES = ("auditor", "manager", "approver")


class MlmRun(models.Model):
    """The evidence pack: one file from which an outsider recomputes the run offline.

    Personal data goes along as codes only (RULES 42).
    """

    _inherit = "mlm.run"

    def action_evidence(self):
        """Download the evidence pack; the download goes on record."""
        self.ensure_one()
        self._ensure_may_take_evidence()
        return {
            "type": "ir.actions.act_url",
            "url": f"/mlm/run/{self.id}/evidence",
            "target": "download",
        }

    def _ensure_may_take_evidence(self):
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not any(user.has_group(f"mlm_base.group_{one}") for one in ROLES):
            raise AccessError(
                self.env._("The evidence of a run is for auditors, managers and approvers.")
            )

    def _take_evidence(self):
        """Write the pack, put it on record, and return it as an open file.

        :raise UserError: the run is not computed, or its rows are not what they were
        """
        self.ensure_one()
        self._ensure_may_take_evidence()
        found = self._verify()
        if found:
            raise UserError(
                self.env._(
                    "%(run)s does not agree with its own inputs; there is no evidence of it."
                    "\n%(found)s",
                    run=self.display_name,
                    found="\n".join(found),
                )
            )
        file = tempfile.TemporaryFile()  # noqa: SIM115 the caller closes it
        self._write_evidence(file)
        size = file.tell()
        file.seek(0)
        sha = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        # sudo: the log is written by the download only
        self.env["mlm.evidence.log"].sudo().create(
            {
                "company_id": self.company_id.id,
                "run_id": self.id,
                "sha256": sha,
                "size": size // 1024,
            }
        )
        return file

    def _get_evidence_name(self):
        self.ensure_one()
        return f"evidence-{self.period_id.number}-run-{self.number}.zip"

    def _write_evidence(self, target):
        """Write the zip; the same run gives the same bytes."""
        view = self._view()
        snapshot, result = view.snapshot, view.result
        codes = self._get_evidence_codes(snapshot)
        with Pack(target, f"run-{self.number}") as pack:
            pack.add_text("README.md", self._get_evidence_readme())
            pack.add_bytes("verify.py", (EVIDENCE / "verify.py").read_bytes())
            pack.add_bytes("snapshot.mlmsnap", self._snapshot_data())
            pack.add_text("plan.yaml", self.sudo().version_id.document)
            for lang in ("es", "en"):
                pack.add_text(f"plan_{lang}.md", plan_words.markdown(snapshot.plan, lang))
            for path in sorted(ENGINE.rglob("*.py")):
                pack.add_bytes(f"engine/{path.relative_to(ENGINE)}", path.read_bytes())
            pack.add_codes("people.csv", snapshot.member_id, codes["member"])
            pack.add_codes("positions.csv", snapshot.position_id, codes["position"])
            for name, table in digest.tables(snapshot, result).items():
                pack.add_table(f"results/{name}.csv", table, codes, snapshot.plan)
            pack.add_manifest(self._get_evidence_manifest(result))

    def _get_evidence_manifest(self, result):
        return {
            "run": self.number,
            "period": {
                "kind": self.period_id.kind,
                "number": self.period_id.number,
                "start": str(self.period_id.date_start),
                "end": str(self.period_id.date_end),
            },
            "state": self.state,
            "plan": {
                "code": self.version_id.plan_id.code,
                "version": self.version_id.version,
            },
            "currency": self.currency_id.name,
            "engine_version": engine_run.ENGINE_VERSION,
            "inputs_sha256": self.snapshot_sha,
            "result_sha256": self.digest,
            "totals": {
                "amount_e4": int(result.earnings.amount_e4.sum()),
                "breakage_e4": int(result.earnings.breakage_e4.sum()),
            },
        }

    def _get_evidence_readme(self):
        text = (EVIDENCE / "README.md").read_text(encoding="utf-8")
        for name, value in {
            "title": f"Evidencia / Evidence: {self.company_id.name}",
            "run": self.number,
            "period": f"{self.period_id.kind} {self.period_id.number}",
            "start": self.period_id.date_start,
            "end": self.period_id.date_end,
            "digest": self.digest,
            "engine": engine_run.ENGINE_VERSION,
        }.items():
            text = text.replace(f"${name}", str(value))
        return text

    def _get_evidence_codes(self, snapshot):
        """Return ``{"member": {id: code}, "position": {id: code}}``."""
        return {
            kind: dict(
                self.env.execute_query(
                    SQL(
                        "SELECT id, code FROM %s WHERE id = ANY(%s)",
                        SQL.identifier(table),
                        ids.tolist(),
                    )
                )
            )
            for kind, table, ids in (
                ("member", "mlm_distributor", snapshot.member_id),
                ("position", "mlm_position", snapshot.position_id),
            )
        }
