"""Every add-on says what it is for: in the list of apps, which shows README.rst, and by an icon."""

import docutils.core
import pytest
from mlm_cli.paths import ADDONS, our_addons

STRICT = {"halt_level": 2, "report_level": 2, "file_insertion_enabled": False}


@pytest.mark.parametrize("addon", our_addons())
def test_every_addon_introduces_itself(addon):
    text = (ADDONS / addon / "README.rst").read_text(encoding="utf-8")
    shown = docutils.core.publish_parts(text, writer_name="html", settings_overrides=STRICT)
    manifest = (ADDONS / addon / "__manifest__.py").read_text(encoding="utf-8")
    assert f'"name": "{shown["title"].replace("&amp;", "&")}"' in manifest
    assert len(shown["body"]) > 200
    assert (ADDONS / addon / "static" / "description" / "icon.png").exists()
