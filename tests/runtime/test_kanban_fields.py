"""A card reads only what its view loads.

In the template of a kanban view `record.x` is known where a `<field name="x"/>` stands in the
view; else the screen breaks in the browser, and neither Odoo nor its tests say so before.
"""

import re

import pytest
from lxml import etree
from mlm_cli.paths import ADDONS

_READ = re.compile(r"\brecord\.(\w+)\.")


def _kanbans():
    for path in sorted(ADDONS.glob("*/views/*.xml")):
        for view in etree.parse(path).iter("kanban"):
            record = view.xpath("ancestor::record/@id")
            yield pytest.param(view, id=f"{path.parent.parent.name}.{record[0]}")


@pytest.mark.parametrize("view", _kanbans())
def test_a_card_reads_what_is_loaded(view):
    loaded = set(view.xpath(".//field/@name"))
    texts = (text for node in view.iter(etree.Element) for text in node.attrib.values())
    assert {name for text in texts for name in _READ.findall(text)} <= loaded
