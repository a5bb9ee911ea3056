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
    assert SERVICES["db"]["image"] == "postgres:17"
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
    assert dockerfile.count("FROM odoo:19\n") == 1
    assert 'ENTRYPOINT ["./mlm"]' in dockerfile
