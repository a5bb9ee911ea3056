"""Long work ends no server: it runs in a process of its own, is watched, and is done once."""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request

import psutil
import pytest
from mlm_cli import odoo_process, process
from mlm_cli.paths import LAUNCHER, VENV_PYTHON
from mlm_cli.postgres import free_port
from mlm_cli.testing import processes

#: seconds that the work takes, of which the server allows less
WORK, LIMIT = 25, 10
# Every check of a file takes so long, and is counted whatever becomes of its transaction.
SETUP = f"""
import base64
company = env.company
env["ir.cron"].search([("mlm_own_process", "=", False),
    ("id", "!=", env.ref("mlm_base.cron_watch").id)]).active = False
env["ir.cron"].search([("mlm_own_process", "=", True)]).nextcall = "2099-01-01"
manager = env["res.users"].create({{"name": "Importer", "login": "importer",
    "company_id": company.id, "company_ids": [(6, 0, company.ids)],
    "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref("mlm_base.group_manager").id])]}})
lines = ["Code;Name;Sponsor code", "I0000;Person 0;-", "I0001;Person 1;I0000"]
env["mlm.import"].with_user(manager).create({{"file_name": "people.csv",
    "file": base64.b64encode("\\n".join(lines).encode())}})
env.cr.execute('''
CREATE SEQUENCE test_begun;
CREATE SEQUENCE test_done;
CREATE FUNCTION test_slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM nextval('test_begun');
    PERFORM pg_sleep({WORK});
    PERFORM nextval('test_done');
    RETURN NEW;
END $$;
CREATE TRIGGER test_slow BEFORE UPDATE ON mlm_import FOR EACH ROW
    WHEN (NEW.state IN ('good', 'bad')) EXECUTE FUNCTION test_slow();
''')
env.cr.commit()
"""
ASK = """
record = env["mlm.import"].search([])
record.with_user(record.author_id).action_check()
env.cr.commit()
"""
STOP = """
record = env["mlm.import"].search([])
job = env["mlm.job"].search([("state", "=", "running")])
print("ON", job.with_user(record.author_id).res_name)
job.with_user(record.author_id).action_stop()
env.cr.commit()
"""
LOOK = """
import json
record = env["mlm.import"].search([])
job = env["mlm.job"].search([("cron_id", "=", env.ref("mlm_genealogy.cron_import").id)])
env.cr.execute('''SELECT s.is_called::int * s.last_value, d.is_called::int * d.last_value
    FROM test_begun s, test_done d''')
begun, done = env.cr.fetchone()
print("LOOK", json.dumps({"state": record.state, "error": record.error or "", "job": job.state,
    "pid": job.pid, "token": job.token, "begun": begun, "done": done}))
"""
OPTIONS = ("--max-cron-threads=1", f"--limit-time-real={LIMIT}", f"--limit-time-real-cron={LIMIT}")


@pytest.fixture
def asked(odoo_db, run_odoo_script):
    """A database with a file whose check takes longer than the server allows."""
    run_odoo_script(odoo_db, SETUP)
    return odoo_db


@pytest.fixture
def look(run_odoo_script, asked):
    def read():
        lines = run_odoo_script(asked, LOOK).lines
        return json.loads(next(line for line in lines if line.startswith("LOOK "))[5:])

    return read


def wait_until(look, condition, seconds=240):
    deadline = time.monotonic() + seconds
    while not condition(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(0.3)
    return found


def answers(port):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}/web/health", timeout=30).status == 200


def at_work(found):
    return found["job"] == "running" and found["begun"] > found["done"]


def test_longer_than_the_limit(asked, odoo_runtime, run_odoo_script, look):
    """Threaded: the server answers, the work is done once, its process is gone."""
    with processes.serve(odoo_runtime, asked, *OPTIONS) as server:
        run_odoo_script(asked, ASK)
        found = wait_until(look, at_work)
        worker = psutil.Process(found["pid"])
        assert worker.parent().pid == server.pid
        assert not [one for one in worker.connections("tcp") if one.status == "LISTEN"]
        assert not {str(odoo_runtime.server.password), str(odoo_runtime.config)} & set(
            re.split(r"[\s=]", " ".join(worker.cmdline()))
        )
        assert answers(server.port)
        found = wait_until(look, lambda found: found["job"] == "idle")
        assert (found["state"], found["begun"], found["done"], found["token"]) == ("good", 1, 1, 1)
        worker.wait(30)
        assert answers(server.port)
        log = server.log.read_text()
    assert "limit" not in log and "reload" not in log


def test_longer_than_the_limit_with_several_processes(asked, odoo_runtime, run_odoo_script, look):
    """Prefork, by a server that has no configuration file."""
    database, port = odoo_runtime.server, free_port()
    log = processes._log_path("prefork", (r"limit \(\d+\) reached", r"timeout after"))
    options = dict(
        line.split(" = ", 1) for line in odoo_runtime.config.read_text().splitlines() if "=" in line
    )
    command = [VENV_PYTHON, LAUNCHER, "server", "--config=/dev/null", "-d", asked, f"-p{port}"]
    command += [f"--addons-path={options['addons_path']}", f"--data-dir={options['data_dir']}"]
    command += [f"--db_host={database.host}", f"--db_port={database.port}", "--workers=2"]
    command += [f"--db_user={database.user}", "--http-interface=127.0.0.1", *OPTIONS]
    command += [f"--gevent-port={free_port()}"]
    environment = process.child_env({"PGPASSWORD": str(database.password or "")})
    with log.open("wb") as stream:
        child = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
    try:
        processes._wait_until_healthy(child, port, log)
        run_odoo_script(asked, ASK)
        wait_until(look, at_work)
        assert answers(port)
        found = wait_until(look, lambda found: found["job"] == "idle")
        assert (found["state"], found["begun"], found["done"], found["token"]) == ("good", 1, 1, 1)
        assert answers(port) and child.poll() is None
    finally:
        process.stop(child, grace=30)


def test_killed_stopped_and_left(asked, odoo_runtime, run_odoo_script, look):
    """What ends too early says so on the record and starts again; the server's end is no failure."""
    # work that ends with the server is stopped wherever it is, also inside a query
    expected = (r"the process of '.*' is gone \(status -9\)", r'bad query: .*"mlm_import')
    with processes.serve(odoo_runtime, asked, *OPTIONS, allow_log=expected) as server:
        run_odoo_script(asked, ASK)
        found = wait_until(look, at_work)
        os.kill(found["pid"], signal.SIGKILL)
        found = wait_until(look, lambda found: found["state"] == "failed")
        assert "(señal 9)" in found["error"] and "inícielo de nuevo" in found["error"]
        assert (found["job"], found["done"]) == ("idle", 0)
        assert not psutil.pid_exists(found["pid"] or 0) or not found["pid"]

        run_odoo_script(asked, ASK)
        wait_until(look, lambda found: at_work(found) and found["begun"] == 2)
        said = run_odoo_script(asked, STOP).output
        assert "ON people.csv" in said
        found = wait_until(look, lambda found: found["state"] == "failed")
        assert found["error"].startswith("Importer detuvo este trabajo.")

        run_odoo_script(asked, ASK)
        found = wait_until(look, lambda found: at_work(found) and found["begun"] == 3)
        worker = psutil.Process(found["pid"])
        assert answers(server.port)
    worker.wait(30)  # it ends with the server, and nothing is wrong with the record
    found = look()
    assert (found["state"], found["error"], found["job"]) == ("checking", "", "idle")
    with processes.serve(odoo_runtime, asked, *OPTIONS):
        # on a busy machine the third got to its end, and was undone with the server
        undone = found["done"]
        found = wait_until(look, lambda found: found["job"] == "idle" and found["done"] > undone)
    assert (found["state"], found["begun"], found["done"] - undone) == ("good", 4, 1)


AT_ONCE = """
env["ir.config_parameter"].set_param("mlm_base.processes", "1")
for name in ("cron_seal", "cron_tree_total", "cron_check"):
    env.ref(f"mlm_genealogy.{name}")._trigger()
env.cr.commit()
"""
JOBS = """
import json
print("LOOK", json.dumps([[job.state, job.status, job.session, bool(job.ended_at)]
    for job in env["mlm.job"].search([])]))
"""


def test_one_process_takes_what_waits(asked, odoo_runtime, run_odoo_script):
    """No more at once than the machine bears, and nothing that waits is forgotten."""
    with processes.serve(odoo_runtime, asked, *OPTIONS):
        run_odoo_script(asked, AT_ONCE)

        def jobs():
            lines = run_odoo_script(asked, JOBS).lines
            return json.loads(next(line for line in lines if line.startswith("LOOK "))[5:])

        found = wait_until(jobs, lambda found: len(found) == 3 and all(one[3] for one in found))
    assert [one[:2] for one in found] == [["idle", 0]] * 3
    assert len({one[2] for one in found}) == 1


SLEEPER = """
env["ir.cron"].search([]).active = False
env["ir.cron"].create({"name": "Sleeps", "model_id": env.ref("base.model_res_partner").id,
    "state": "code", "interval_number": 1, "interval_type": "days", "code": '''
parameters = env["ir.config_parameter"]
if not parameters.get_param("test.slept"):
    parameters.set_param("test.slept", "1")
    env.cr.commit()
    time.sleep(90)
'''})
env.cr.commit()
"""


def test_server_begins_anew_at_its_limit(odoo_db, odoo_runtime, run_odoo_script):
    run_odoo_script(odoo_db, SLEEPER)
    expected = (r"virtual real time limit \(\d+/\d+s\) reached",)
    with processes.serve(odoo_runtime, odoo_db, *OPTIONS, allow_log=expected) as server:
        deadline = time.monotonic() + 240
        while server.log.read_text().count("HTTP service (werkzeug) running on") < 2:
            assert psutil.pid_exists(server.pid) and time.monotonic() < deadline
            time.sleep(0.5)
        assert "Initiating server reload" in server.log.read_text()
        assert answers(server.port)
        assert str(odoo_process.LAUNCHER) in psutil.Process(server.pid).cmdline()
