# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import tempfile
from pathlib import Path

import numpy as np
from mlm_engine.kernel import result as engine_result
from mlm_engine.telling.language import known
from mlm_engine.telling.plan_markdown import markdown

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal, as_system, is_system

from ...evidence import engine_archive
from ...evidence.pack import Pack

EVIDENCE = Path(engine_archive.__file__).parent
ROLES = ("auditor", "manager", "approver")


class MlmRun(models.Model):
    """The evidence pack: one file from which an outsider recomputes the run offline.

    Personal data goes along as codes only (RULES 42).
    """

    _inherit = "mlm.run"

    engine_sha = fields.Char(string="Engine (SHA-256)", readonly=True, copy=False)
    engine_archive_id = fields.Many2one("ir.attachment", readonly=True, copy=False)

    def _store_snapshot(self, data, sha):
        result = super()._store_snapshot(data, sha)
        self._keep_engine()
        return result

    def _keep_engine(self):
        """Keep the engine that computes beside the inputs, once for all its runs."""
        archive, sha = engine_archive.current()
        # sudo: the system's own, like the inputs: nobody else reads or deletes it
        attachments = as_system(self.env["ir.attachment"])
        name = f"engine-{sha}.zip"
        kept = attachments.search(
            [("name", "=", name), ("res_model", "=", False), ("create_uid", "=", SUPERUSER_ID)],
            limit=1,
        ) or attachments.create({"name": name, "raw": archive, "mimetype": "application/zip"})
        as_internal(self).write({"engine_sha": sha, "engine_archive_id": kept.id})

    def _get_proofs(self):
        return super()._get_proofs() + self.engine_archive_id

    def _get_engine(self):
        """Return ``(kernel, {path: bytes})`` of the engine that computed the run.

        :raise UserError: it is another one than that at work, and was not kept
        """
        _archive, sha = engine_archive.current()
        # sudo: who may take evidence was checked, and need not read the system's own files
        kept = self.sudo().with_context(bin_size=False).engine_archive_id
        same = self.engine_version == engine_archive.engine_run.ENGINE_VERSION
        if self.engine_sha == sha or (not kept and same):
            return engine_archive.at_work, engine_archive.sources()
        if not kept:
            raise UserError(
                self.env._(
                    "%(run)s was computed by version %(old)s of the engine, which was not kept."
                    " Take the evidence with the release of the product that computed it.",
                    run=self.display_name,
                    old=self.engine_version,
                )
            )
        try:
            return engine_archive.load(kept.raw, self.engine_sha), engine_archive.unpack(kept.raw)
        except ValueError:
            raise UserError(
                self.env._(
                    "The engine kept with %s does not match its fingerprint.",
                    self.display_name,
                )
            ) from None

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
        if not is_system(self.env) and not any(
            user.has_group(f"mlm_base.group_{one}") for one in ROLES
        ):
            raise AccessError(
                self.env._(
                    "Only auditors, managers and approvers can download the evidence of a run."
                )
            )
        self.network_id._ensure_led()

    def _take_evidence(self):
        """Write the pack, put it on record, and return it as an open file.

        :raise UserError: the run is not computed, or its rows are not what they were
        """
        self.ensure_one()
        self._ensure_may_take_evidence()
        if not self._snapshot_data():
            raise UserError(self.env._("%(run)s has not been computed yet.", run=self.display_name))
        engine, files = self._get_engine()
        snapshot = engine.snapshot_file.loads(self._snapshot_data())
        result = engine.run.compute(snapshot)
        found = self._find_contradictions(engine, result)
        if found:
            raise UserError(
                self.env._(
                    "%(run)s does not match its own inputs, so there is no evidence pack of it.\n"
                    "%(found)s",
                    run=self.display_name,
                    found="\n".join(found),
                )
            )
        file = tempfile.TemporaryFile()  # noqa: SIM115 the caller closes it
        self._write_evidence(file, engine, files, snapshot, result)
        size = file.tell()
        file.seek(0)
        sha = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        # sudo: the log is written by the download only
        as_internal(self.env["mlm.evidence.log"].sudo()).create(
            {
                "run_id": self.id,
                "sha256": sha,
                "size": size // 1024,
            }
        )
        return file

    def _find_contradictions(self, engine, result):
        """Return what of the run is not what its own engine computes from its inputs."""
        if engine is engine_archive.at_work:
            return self._verify()
        found = []
        if engine.snapshot_file.sha256(self._snapshot_data()) != self.snapshot_sha:
            found.append(self.env._("The input file is not the one that was computed."))
        if result.digest != self.digest:
            found.append(
                self.env._(
                    "The result is %(new)s and was %(old)s.", new=result.digest, old=self.digest
                )
            )
        # columns that the store has got since then are not in its result
        names = ("base_e4", "rate_e6", "fx_e6", "per_e6", "amount_e4", "breakage_e4", "reason")
        computed = dict(engine_result.columns(result.earnings))
        stored = self._stored_columns(names)
        wrong = [name for name in names if not np.array_equal(stored[name], computed[name])]
        if wrong:
            found.append(
                self.env._(
                    "Stored rows differ: %(model)s (%(columns)s).",
                    model=self.env["mlm.earning"]._description,
                    columns=", ".join(wrong),
                )
            )
        return found

    def _get_evidence_name(self):
        self.ensure_one()
        return f"evidence-{self.period_id.number}-run-{self.number}.zip"

    def _write_evidence(self, target, engine, files, snapshot, result):
        """Write the zip; the same run gives the same bytes."""
        codes = self._get_evidence_codes(snapshot)
        with Pack(target, f"run-{self.number}") as pack:
            pack.add_text("README.md", self._get_evidence_readme())
            pack.add_bytes("verify.py", (EVIDENCE / "verify.py").read_bytes())
            pack.add_bytes("snapshot.mlmsnap", self._snapshot_data())
            # sudo: `_ensure_may_take_evidence` has checked the role; the plan belongs to the pack
            pack.add_text("plan.yaml", self.sudo().version_id.document)
            for lang in known():
                pack.add_text(f"plan_{lang}.md", markdown(snapshot.plan, lang, snapshot.period_end))
            for name, data in sorted(files.items()):
                pack.add_bytes(f"engine/{name}", data)
            pack.add_codes("people.csv", snapshot.member_id, codes["member"])
            pack.add_codes("positions.csv", snapshot.position_id, codes["position"])
            for name, table in engine.digest.tables(snapshot, result).items():
                pack.add_table(f"results/{name}.csv", table, codes, snapshot.plan)
            pack.add_manifest(self._get_evidence_manifest(snapshot, result))

    def _get_evidence_manifest(self, snapshot, result):
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
            **({"homes": snapshot.homes} if self.homes else {}),
            "engine_version": self.engine_version,
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
            "title": f"Evidencia / Evidence: {self.network_id.display_name}",
            "run": self.number,
            "period": f"{self.period_id.kind} {self.period_id.number}",
            "start": self.period_id.date_start,
            "end": self.period_id.date_end,
            "digest": self.digest,
            "engine": self.engine_version,
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
