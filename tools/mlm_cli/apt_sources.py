"""Reading the machine's own apt configuration: which mirror serves Debian here.

Both formats are read: deb822 (`*.sources`, Debian 13's default) and one line per
source (`*.list`). Only the parts that a private copy needs are kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ETC_APT = Path("/etc/apt")


@dataclass(frozen=True)
class Source:
    """One source of binary packages. `signed_by` is a keyring path, a whole key, or empty."""

    uris: tuple[str, ...]
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str = ""

    def stanza(self) -> str:
        """The source in deb822 format."""
        lines = [
            "Types: deb",
            f"URIs: {' '.join(self.uris)}",
            f"Suites: {' '.join(self.suites)}",
            f"Components: {' '.join(self.components)}",
        ]
        if self.signed_by:
            lines.append(f"Signed-By: {self.signed_by}")
        return "\n".join(lines) + "\n"


def parse_deb822(text: str) -> list[Source]:
    """Sources of a `.sources` file; disabled ones and source-code ones are left out."""
    found = []
    for paragraph in re.split(r"\n[ \t]*\n", _without_comments(text)):
        fields: dict[str, str] = {}
        name = ""
        for line in paragraph.splitlines():
            if line[:1] in (" ", "\t") and name:
                fields[name] += "\n" + line
            elif ":" in line:
                name, _, value = line.partition(":")
                name = name.strip().lower()
                fields[name] = value.strip()
        enabled = fields.get("enabled", "yes").lower() not in ("no", "false", "0", "off")
        if enabled and "deb" in fields.get("types", "").split():
            found.append(
                Source(
                    uris=tuple(fields.get("uris", "").split()),
                    suites=tuple(fields.get("suites", "").split()),
                    components=tuple(fields.get("components", "").split()),
                    signed_by=fields.get("signed-by", "").strip(" "),
                )
            )
    return found


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<rest>.+)$")


def parse_one_line(text: str) -> list[Source]:
    """Sources of a `.list` file (`deb [signed-by=…] URI SUITE COMPONENT…`)."""
    found = []
    for line in text.splitlines():
        match = _ONE_LINE.match(line.split("#", 1)[0].strip())
        if not match:
            continue
        suite, *components = match["rest"].split()
        signed = re.search(r"signed-by=(\S+)", match["options"] or "", re.IGNORECASE)
        found.append(
            Source(
                uris=(match["uri"],),
                suites=(suite,),
                components=tuple(components),
                signed_by=signed[1].replace(",", " ") if signed else "",
            )
        )
    return found


def machine_sources(etc: Path = ETC_APT) -> list[Source]:
    """All sources that apt uses on this machine."""
    found = []
    for path in [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]:
        if path.suffix not in (".list", ".sources") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += parse_deb822(text) if path.suffix == ".sources" else parse_one_line(text)
    return found


def debian_sources(sources: Iterable[Source], codename: str) -> list[Source]:
    """Those that serve the Debian release `codename`: itself, its updates and its security fixes.

    The base release comes first. Other vendors' repositories that borrow the codename are
    left out: they do not sit below a path that starts with `debian`.
    """
    suites = {codename, f"{codename}-updates", f"{codename}-security", "stable", "testing", "sid"}
    chosen = [
        source
        for source in sources
        if "main" in source.components
        and suites.intersection(source.suites)
        and any(_is_debian(uri) for uri in source.uris)
    ]
    return sorted(chosen, key=lambda source: any("security" in uri for uri in source.uris))


def _is_debian(uri: str) -> bool:
    if uri.startswith("mirror+file:"):
        return True
    path = uri.rstrip("/").rpartition("/")[2]
    return not uri.startswith("cdrom:") and path.startswith("debian")


def base_mirror(sources: Iterable[Source], codename: str) -> Source | None:
    """The source of the base release, or None when this machine has none."""
    for source in debian_sources(sources, codename):
        if not any("security" in uri for uri in source.uris):
            return source
    return None
