"""Fetching Debian packages privately: nothing is installed, nobody's apt lists are touched.

The private configuration reuses the mirror that this machine's apt already uses, and apt
checks the archive's signature as always. `install` is the exception: it is for root only
and installs on the machine.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import process
from .apt_sources import Source, base_mirror, debian_sources, machine_sources
from .errors import UserError
from .language import _
from .paths import CACHE, LOGS, private_folder
from .progress import Step, note, step

_EXPIRED = re.compile(r"Release file for \S+ is expired")
_UNSIGNED = re.compile(r"NO_PUBKEY|EXPKEYSIG|is not signed|not available: ", re.IGNORECASE)


def other_systems() -> tuple[str, str]:
    """What to do where Debian's packages cannot be had."""
    source = "ODOO_SRC=/path/to/odoo ./mlm ..."
    return (
        _("give an Odoo 19.0 source tree: {command}", command=source),
        _("or use Docker: {command}", command="docker compose up"),
    )


def is_root() -> bool:
    return os.geteuid() == 0


def os_release(path: Path = Path("/etc/os-release")) -> dict[str, str]:
    """The machine's own description, empty when it gives none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip("\"'") for key, value in pairs}


def available() -> bool:
    """Whether this is a Debian with apt and a mirror we can reuse."""
    release = os_release()
    return (
        release.get("ID") == "debian"
        and bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))
        and base_mirror(machine_sources(), codename()) is not None
    )


def codename() -> str:
    return os_release().get("VERSION_CODENAME", "stable")


class PrivateApt:
    """apt with its own lists and cache below the shared cache folder.

    :param name: folder name of this configuration
    :param sources: what it may fetch from
    """

    def __init__(self, name: str, sources: Sequence[Source]):
        self.folder = private_folder(CACHE / "apt" / name)
        self.sources = list(sources)
        self.log = LOGS / f"apt-{name}.log"
        self.config = self.folder / "apt.conf"

    def _write_config(self, more: str = "") -> None:
        parts = self.folder / "sources.d"
        for path in (parts, self.folder / "lists/partial", self.folder / "cache/archives/partial"):
            path.mkdir(parents=True, exist_ok=True)
        (parts / "mlm.sources").write_text(
            "\n".join(source.stanza() for source in self.sources), encoding="utf-8"
        )
        self.config.write_text(
            "#clear APT::Update::Post-Invoke;\n"
            "#clear APT::Update::Post-Invoke-Success;\n"
            'Dir::Etc::SourceList "/dev/null";\n'
            f'Dir::Etc::SourceParts "{parts}";\n'
            f'Dir::State::Lists "{self.folder}/lists";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            'APT::Sandbox::User "root";\n'
            'Acquire::Languages "none";\n'
            'Acquire::Retries "3";\n'
            'APT::Status-Fd "1";\n' + more,
            encoding="utf-8",
        )

    def update(self, shown: Step) -> None:
        """Read the package lists.

        Lists of a mirror that lags behind this machine's clock are taken all the same: their
        signature is verified as always, and nothing is installed from them.

        :raises UserError: no network, or the signature could not be verified; see
            :func:`is_signature_problem`
        """
        self._write_config()
        try:
            self._run(["update", "--error-on=any"], shown)
        except UserError as error:
            if not _EXPIRED.search(error.message):
                raise
            note(
                _(
                    "The mirror's package lists are older than this machine's clock allows; going on."
                )
            )
            self._write_config('Acquire::Check-Valid-Until "false";\n')
            self._run(["update", "--error-on=any"], shown)

    def download(self, packages: Sequence[str], into: Path, shown: Step) -> None:
        """Fetch the .deb files of `packages` (`NAME` or `NAME=VERSION`) into a folder."""
        into.mkdir(parents=True, exist_ok=True)
        self._run(["download", *packages], shown, cwd=into)

    def missing_dependencies(self, package: str) -> list[str]:
        """`package` and what it needs that this machine does not have, as `NAME=VERSION`."""
        command = self._command(["install", "--simulate", "--no-install-recommends", package])
        result = subprocess.run(command, capture_output=True, text=True, env=self._env())
        if result.returncode:
            raise process.failed(f"apt-get install {package}", result.stderr)
        return [
            f"{name}={version}"
            for name, version in re.findall(
                r"^Inst (\S+) (?:\[\S+\] )?\((\S+)", result.stdout, re.M
            )
        ]

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return ["apt-get", "-c", str(self.config), "-y", *arguments]

    @staticmethod
    def _env() -> dict[str, str]:
        return process.child_env({"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"})

    def _run(self, arguments: Sequence[str], shown: Step, cwd: Path | None = None) -> None:
        def on_line(line: str) -> None:
            if line.startswith("dlstatus:"):
                _kind, _name, percent, what = line.split(":", 3)
                shown.update(float(percent), 100, what)

        process.run_logged(
            self._command(arguments),
            self.log,
            f"apt-get {arguments[0]}",
            _("check that this machine reaches its package mirror"),
            on_line=on_line,
            env=self._env(),
            cwd=cwd,
        )


def is_signature_problem(error: UserError) -> bool:
    """Whether apt failed because it lacks the key that signed the archive."""
    return bool(_UNSIGNED.search(error.message))


def release_apt() -> PrivateApt:
    """Private apt on this machine's own release, with its updates and security fixes."""
    return PrivateApt(codename(), debian_sources(machine_sources(), codename()))


def suite_apt(suite: str, keyring: Path | None = None) -> PrivateApt:
    """Private apt on another suite of the same mirror.

    :param keyring: verify with this keyring rather than with the machine's
    :raises UserError: the machine's apt has no Debian mirror
    """
    mirror = base_mirror(machine_sources(), codename())
    if mirror is None:
        raise UserError(_("This machine's apt names no Debian mirror."), *other_systems())
    signed_by = str(keyring) if keyring else mirror.signed_by
    return PrivateApt(suite, [Source(mirror.uris, (suite,), ("main",), signed_by)])


def newer_keyring(shown: Step) -> Path:
    """The archive keyring of the machine's own release as it is now, verified by the old one."""
    folder = CACHE / "keyring"
    fetch_and_unpack(release_apt(), ["debian-archive-keyring"], folder, shown)
    return folder / "usr/share/keyrings/debian-archive-keyring.gpg"


def fetch_and_unpack(apt: PrivateApt, packages: Sequence[str], into: Path, shown: Step) -> None:
    """Update the lists, download `packages` and unpack them over `into` without installing."""
    apt.update(shown)
    with tempfile.TemporaryDirectory(dir=private_folder(CACHE / "apt")) as folder:
        apt.download(packages, Path(folder), shown)
        into.mkdir(parents=True, exist_ok=True)
        for number, path in enumerate(sorted(Path(folder).glob("*.deb"))):
            shown.update(number, len(packages), path.name.partition("_")[0])
            process.run_logged(["dpkg-deb", "-x", path, into], apt.log, f"dpkg-deb {path.name}")


def install(packages: Sequence[str], why: str) -> None:
    """Install packages on this machine; root only.

    :raises UserError: not root, no apt, or apt failed
    """
    wanted = " ".join(packages)
    remedy = _("install it: {command}", command=f"apt-get install {wanted}")
    if not is_root() or not shutil.which("apt-get"):
        raise UserError(_("{what} needs {packages}.", what=why, packages=wanted), remedy)
    env = {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    with step(_("Installing {packages}", packages=wanted)) as shown:

        def on_line(line: str) -> None:
            if line.startswith(("dlstatus:", "pmstatus:")):
                kind, _name, percent, what = line.split(":", 3)
                half = 0 if kind == "dlstatus" else 50
                shown.update(half + float(percent) / 2, 100, what)

        process.run_logged(
            ["apt-get", "update", "-q"], LOGS / "apt-update.log", "apt-get update", remedy, env=env
        )
        process.run_logged(
            [
                "apt-get",
                "install",
                "-y",
                "--no-install-recommends",
                "-o",
                "APT::Status-Fd=1",
                *packages,
            ],
            LOGS / "apt-install.log",
            "apt-get install",
            remedy,
            on_line=on_line,
            env=env,
        )
