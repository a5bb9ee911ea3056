"""docker-compose.yml: its files exist, its settings are explained, nothing is exposed."""

import re

import pytest
import yaml
from mlm_cli.paths import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(TEXT)["services"]


def test_every_setting_is_in_the_example():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([A-Z_]+)=", example, re.M))
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT))
    assert used == explained


def test_no_password_is_written_down():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name:
                assert str(value).startswith("${")


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_on_the_loopback(name: str):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_watched(name: str):
    assert SERVICES[name]["healthcheck"]["test"]


def test_mounted_and_copied_paths_exist():
    mounted = [
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    ]
    build = SERVICES["odoo"]["build"]
    dockerfile = (ROOT / build["context"] / build["dockerfile"]).read_text(encoding="utf-8")
    copied = [
        path
        for line in re.findall(r"^COPY (?:--\S+ )*(.+)$", dockerfile, re.M)
        for path in line.split()[:-1]
    ]
    assert mounted and copied
    assert [path for path in [*mounted, *copied] if not (ROOT / path).exists()] == []


def test_named_volumes_are_declared():
    declared = set(yaml.safe_load(TEXT)["volumes"])
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert used == declared


def test_images_and_entry_point():
    # a tag that never moves: the minor version, the day of the build
    assert re.fullmatch(r"postgres:17\.\d+-bookworm", SERVICES["db"]["image"])
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
    assert len(re.findall(r"^FROM", dockerfile, re.M)) == 1
    assert re.search(r"^FROM odoo:19\.0-20\d{6}$", dockerfile, re.M)
    assert 'ENTRYPOINT ["./mlm"]' in dockerfile
    assert dockerfile.rindex("USER odoo") > dockerfile.rindex("USER root")


@pytest.mark.parametrize("name", SERVICES)
def test_rights_and_limits(name: str):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"\d+g", service["mem_limit"])
    assert service["pids_limit"] and service["stop_grace_period"] and service["init"] is True
    assert service["healthcheck"]["timeout"]
    assert service["logging"]["options"]["max-size"]
    assert not {"privileged", "network_mode", "pid"} & service.keys()


def test_only_the_database_gets_rights_back():
    assert "cap_add" not in SERVICES["odoo"]
    # its start as root: give the folder away, become somebody else
    assert set(SERVICES["db"]["cap_add"]) == {
        "CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID",
    }  # fmt: skip


def test_odoo_is_no_superuser():
    """Odoo knows the role that the script makes, and not the superuser's password."""
    db, odoo = SERVICES["db"]["environment"], SERVICES["odoo"]["environment"]
    assert db["POSTGRES_USER"] == "postgres"
    assert db["MLM_DB_USER"] == odoo["PGUSER"] and db["MLM_DB_PASSWORD"] == odoo["PGPASSWORD"]
    assert db["POSTGRES_PASSWORD"] not in odoo.values()
    script = ROOT / "docker" / "postgres-role.sh"
    assert (
        f"./{script.relative_to(ROOT)}:/docker-entrypoint-initdb.d/role.sh:ro"
        in (SERVICES["db"]["volumes"])
    )
    assert script.stat().st_mode & 0o111
    assert "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE" in script.read_text(encoding="utf-8")
