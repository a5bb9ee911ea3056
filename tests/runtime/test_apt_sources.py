"""The machine's apt configuration is read in both formats; only Debian's own mirror is reused."""

from pathlib import Path

from mlm_cli.apt_sources import (
    Source,
    base_mirror,
    debian_sources,
    machine_sources,
    parse_deb822,
    parse_one_line,
)

DEB822 = """\
# written by the installer
Types: deb deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://mirror.example/debian
Suites: trixie
Components: main

Types: deb-src
URIs: http://mirror.example/debian
Suites: bookworm
Components: main
"""


def test_deb822_leaves_out_disabled_and_source_code():
    found = parse_deb822(DEB822)
    assert [source.suites for source in found] == [
        ("bookworm", "bookworm-updates"),
        ("bookworm-security",),
    ]
    assert found[0].components == ("main", "contrib")
    assert found[0].signed_by == "/usr/share/keyrings/debian-archive-keyring.gpg"


def test_deb822_keeps_an_embedded_key():
    text = (
        "Types: deb\nURIs: http://m.example/debian\nSuites: trixie\nComponents: main\n"
        "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQ==\n"
        " -----END PGP PUBLIC KEY BLOCK-----\n"
    )
    (source,) = parse_deb822(text)
    assert "mQ==" in source.signed_by
    assert parse_deb822(source.stanza()) == [source]


def test_one_line_with_and_without_options():
    found = parse_one_line(
        "# deb http://old.example/debian buster main\n"
        "deb http://mirror.example/debian/ trixie main non-free-firmware  # comment\n"
        "deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] https://m.example/debian sid main\n"
        "deb-src http://mirror.example/debian trixie main\n"
    )
    assert found == [
        Source(("http://mirror.example/debian/",), ("trixie",), ("main", "non-free-firmware")),
        Source(("https://m.example/debian",), ("sid",), ("main",), "/usr/share/keyrings/k.gpg"),
    ]


def test_other_vendors_are_not_taken_for_debian():
    sources = [
        Source(("https://vendor.example/apt",), ("bookworm",), ("main",)),
        Source(("https://vendor.example/node_20.x",), ("nodistro",), ("main",)),
        Source(("http://m.example/debian-security",), ("bookworm-security",), ("main",)),
        Source(("http://m.example/debian",), ("bookworm", "bookworm-updates"), ("main",)),
    ]
    found = debian_sources(sources, "bookworm")
    assert [source.uris[0] for source in found] == [
        "http://m.example/debian",
        "http://m.example/debian-security",
    ]
    assert base_mirror(sources, "bookworm") == sources[3]
    assert base_mirror(sources[:3], "bookworm") is None


def test_a_machine_with_files_of_both_formats(tmp_path: Path):
    parts = tmp_path / "sources.list.d"
    parts.mkdir()
    (tmp_path / "sources.list").write_text("deb http://a.example/debian bookworm main\n")
    (parts / "debian.sources").write_text(DEB822)
    (parts / "vendor.list.disabled").write_text("deb http://no.example/debian bookworm main\n")
    uris = [source.uris[0] for source in machine_sources(tmp_path)]
    assert uris == [
        "http://a.example/debian",
        "http://mirror.example/debian",
        "http://mirror.example/debian-security",
    ]
