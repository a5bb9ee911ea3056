import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_commission.tests.common import CommissionCommon

from ..evidence import engine_archive

# nothing but the standard library and numpy, and no way out: a bare machine
BARE = """
import runpy, socket, sys
def refuse(*args, **kwargs):
    raise OSError("offline")
socket.socket = refuse
sys.path[:] = [one for one in sys.path if "site-packages" not in one and one != ""]
sys.path.append(sys.argv.pop(1))
script = sys.argv.pop(1)
sys.argv[0] = script
for name in ("odoo", "yaml", "lxml"):
    try:
        __import__(name)
    except ImportError:
        continue
    raise SystemExit(f"{name} can be imported: this is no bare machine")
runpy.run_path(script, run_name="__main__")
"""


@tagged("post_install", "-at_install")
class TestEvidence(CommissionCommon):
    def setUp(self):
        super().setUp()
        self._balanced_sales(left=2)
        self.computed = self._preview()

    def pack(self, role="auditor"):
        """The files of the pack, written below a folder of their own."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        with (
            self._as(self.computed, role)._take_evidence() as file,
            zipfile.ZipFile(file) as archive,
        ):
            archive.extractall(folder)
        (inside,) = folder.iterdir()
        return inside

    def verify(self, folder):
        """Run the pack's script on a bare machine: ``(status, what it prints)``."""
        bare = self.enterContext(tempfile.TemporaryDirectory())
        packages = Path(np.__file__).parent.parent
        for path in packages.glob("numpy*"):
            (Path(bare) / path.name).symlink_to(path)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", BARE, bare, str(folder / "verify.py")],
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": "/usr/bin", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def test_recomputed_offline(self):
        folder = self.pack()
        status, said = self.verify(folder)
        self.assertEqual(status, 0, said)
        self.assertIn("EVERYTHING AGREES", said)
        self.assertIn(self.computed.digest, said)
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["result_sha256"], self.computed.digest)
        self.assertEqual(manifest["totals"]["amount_e4"], self.computed.amount_e4)
        self.assertGreater(self.computed.amount_e4, 0)

    def test_a_changed_pack_is_found_out(self):
        folder = self.pack()
        for name in ("results/earnings.csv", "results/carry.csv", "engine/kernel/exact.py"):
            path = folder / name
            text = path.read_text()
            if name.endswith("csv"):
                rows = list(csv.DictReader(io.StringIO(text)))
                column = "amount_e4" if "earnings" in name else "value"
                row = next(one for one in rows if int(one[column]))
                line = text.splitlines()[rows.index(row) + 1]
                changed = text.replace(line, line.replace(row[column], str(int(row[column]) + 1)))
            else:
                changed = text + "\n# changed\n"
            path.write_text(changed)
            status, said = self.verify(folder)
            self.assertEqual(status, 1, said)
            self.assertIn(name, said)
            if name.endswith("csv"):
                self.assertIn("line / línea", said)
            path.write_text(text)
        self.assertEqual(self.verify(folder)[0], 0)

    def test_only_codes(self):
        folder = self.pack()
        self.maria.partner_id.email = "maria@example.com"
        names = [one.name for one in (self.maria, self.juan, self.yenny)]
        for path in folder.rglob("*"):
            if path.is_file() and "engine" not in path.parts and path.suffix != ".mlmsnap":
                text = path.read_text()
                for name in names:
                    self.assertNotIn(name, text, path.name)
        people = list(csv.DictReader((folder / "people.csv").open()))
        self.assertIn({"id": str(self.maria.id), "code": "MARIA"}, people)
        earnings = list(csv.DictReader((folder / "results/earnings.csv").open()))
        paid = next(one for one in earnings if one["payee_code"] == "MARIA")
        self.assertEqual(paid["bonus_code"], "binary")
        self.assertEqual(int(paid["amount_e4"]), round(float(paid["amount"]) * 10_000))

    def test_same_run_same_bytes(self):
        with (
            as_system(self.computed)._take_evidence() as first,
            as_system(self.computed)._take_evidence() as second,
        ):
            self.assertEqual(first.read(), second.read())

    def test_both_languages(self):
        folder = self.pack()
        readme = (folder / "README.md").read_text()
        self.assertIn("## Español", readme)
        self.assertIn("## English", readme)
        self.assertIn(self.computed.digest, readme)
        self.assertNotIn("$", readme)
        self.assertNotEqual(
            (folder / "plan_es.md").read_text(), (folder / "plan_en.md").read_text()
        )

    def test_who_may_and_the_log(self):
        logs = self.env["mlm.evidence.log"].search([])
        for role in ("auditor", "manager", "approver"):
            self._as(self.computed, role).action_evidence()
            with self._as(self.computed, role)._take_evidence():
                pass
        new = self.env["mlm.evidence.log"].search([]) - logs
        self.assertEqual(
            {log.author_id for log in new},
            {self.users[role] for role in ("auditor", "manager", "approver")},
        )
        for role in ("support", "accountant", "warehouse"):
            with self.assertRaises(AccessError):
                self._as(self.computed, role).action_evidence()
            with self.assertRaises(AccessError):
                self._as(self.computed, role)._take_evidence()
        with self.assertRaises(UserError):
            new[0].write({"size": 0})

    def test_a_changed_word_makes_no_other_engine(self):
        says = b'label = _("Pays {n}", n=1)\nrate = 2\n'
        for other, same in (
            (b'label = _(\n    "Pays each month"\n    " {n}", n=1)\nrate = 2\n', False),
            (b'label = _("Cobra {n}", n=1)\nrate = 2\n', True),
            (b'label = _("Pays {n}", n=1)\nrate = 3\n', False),
        ):
            kept = [engine_archive.wordless(source) for source in (says, other)]
            self.assertEqual(kept[0] == kept[1], same, other)
            self.assertNotIn(b"ays", kept[1])
        text = engine_archive.sources()["rules/generation/rule.py"]
        self.assertIn(b'label = _("")', text)
        self.assertNotIn(b"Rank of a leader", text)

    def test_a_run_of_an_engine_before(self):
        """The product goes on; the run is proved with the engine that computed it."""
        run = self.computed
        version = engine_archive.engine_run.ENGINE_VERSION
        self.assertEqual(run.engine_sha, engine_archive.current()[1])
        files = engine_archive.sources()
        files["kernel/run.py"] = files["kernel/run.py"].replace(
            f"ENGINE_VERSION = {version}".encode(), f"ENGINE_VERSION = {version - 1}".encode()
        )
        archive, sha = engine_archive.pack(files)
        before = self.env["ir.attachment"].create({"name": "engine.zip", "raw": archive})
        as_internal(run.sudo()).write(
            {"engine_version": version - 1, "engine_sha": sha, "engine_archive_id": before.id}
        )
        folder = self.pack()
        manifest = json.loads((folder / "manifest.json").read_text())
        self.assertEqual(manifest["engine_version"], version - 1)
        self.assertIn(
            f"ENGINE_VERSION = {version - 1}", (folder / "engine/kernel/run.py").read_text()
        )
        status, said = self.verify(folder)
        self.assertEqual(status, 0, said)
        as_internal(run.sudo()).write({"engine_sha": "0" * 64})
        with self.assertRaisesRegex(UserError, "fingerprint"):
            as_system(run)._take_evidence()
        as_internal(run.sudo()).write({"engine_archive_id": False})
        with self.assertRaisesRegex(UserError, "was not kept"):
            as_system(run)._take_evidence()

    def test_packs_and_engines_of_before(self):
        """A pack that was taken when the engine had one folder only still verifies, its engine
        is still loaded, and the engine at work comes to the same result."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        with zipfile.ZipFile(Path(__file__).parent / "data" / "evidence-engine-3.zip") as kept:
            kept.extractall(folder)
        (folder,) = folder.iterdir()
        status, said = self.verify(folder)
        self.assertEqual(status, 0, said)
        engine = folder / "engine"
        files = {str(one.relative_to(engine)): one.read_bytes() for one in engine.rglob("*.py")}
        self.assertIn("run.py", files)
        inputs = (folder / "snapshot.mlmsnap").read_bytes()
        wanted = json.loads((folder / "manifest.json").read_text())["result_sha256"]
        before = engine_archive.load(*engine_archive.pack(files))
        for kernel in (before, engine_archive.at_work):
            self.assertEqual(kernel.run.compute(kernel.snapshot_file.loads(inputs)).digest, wanted)
        shutil.copy(Path(engine_archive.__file__).parent / "verify.py", folder)
        status, said = self.verify(folder)
        self.assertIn("changed or missing / cambiado o faltante: verify.py", said)
        self.assertIn(f"digest / huella: {wanted} ok", said)

    def test_what_computes_is_kept(self):
        """A word that is told otherwise makes no other engine."""
        files = engine_archive.sources()
        self.assertIn("rules/binary/rule.py", files)
        self.assertEqual(
            {name.split("/")[0] for name in files},
            {"__init__.py", "kernel", "rules", "measures", "plan"},
        )
        self.assertFalse([name for name in files if name.endswith(("explain.py", "words.py"))])

    def test_no_evidence_of_changed_rows(self):
        partition = self.env["mlm.earning"]._partition_name(self.computed.number)
        self.env.cr.execute(f"UPDATE {partition} SET amount_e4 = amount_e4 + 1 WHERE amount_e4 > 0")
        with self.assertRaisesRegex(UserError, "no evidence"):
            as_system(self.computed)._take_evidence()
