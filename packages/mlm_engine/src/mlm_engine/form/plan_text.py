# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Laying changed data over the text of a document.

A form edits data; the text is what counts. Only what differs is written anew, where it
stands: comments, order, quotes and everything that nobody touched stay as they are.
"""

from decimal import Decimal

import yaml

from ..kernel.text import _
from ..plan.document import DEEPEST, DocumentError
from ..plan.finding import Finding
from ..plan.yaml_text import PLAN, read_yaml

_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Block style; short lists and mappings of plain values on one line."""

    def ignore_aliases(self, data):
        return True


def _flow(value):
    """Whether a value reads well on one line."""
    if not isinstance(value, (dict, list)):
        return True
    items = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(item, (dict, list)) for item in items) and not (
        isinstance(value, dict) and all(_plain(item) for item in items)
    ):
        return False
    return len(str(value)) < _WIDTH - 20


def _plain(item):
    """A value, or a short structure of values only."""
    if isinstance(item, dict):
        return len(item) <= 3 and not any(isinstance(one, (dict, list)) for one in item.values())
    if isinstance(item, list):
        return not any(isinstance(one, (dict, list)) for one in item)
    return True


def _represent(kind):
    def represent(dumper, value):
        tag = f"tag:yaml.org,2002:{kind}"
        if kind == "map":
            return dumper.represent_mapping(tag, value.items(), flow_style=_flow(value))
        return dumper.represent_sequence(tag, value, flow_style=_flow(value))

    return represent


def _number(dumper, value):
    # the tag that the text has by itself: another one would be written out
    text = format(value, "f")
    return dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, text, (True, False)), text)


def _text(dumper, value):
    # a date in quotes stays text; ours are text anyway, and read better without
    node = yaml.SafeDumper.represent_str(dumper, value)
    if dumper.resolve(yaml.ScalarNode, value, (True, False)).endswith("timestamp"):
        node.tag = "tag:yaml.org,2002:timestamp"
    return node


_Dumper.add_representer(dict, _represent("map"))
_Dumper.add_representer(list, _represent("seq"))
_Dumper.add_representer(Decimal, _number)
_Dumper.add_representer(str, _text)


class _Lines(list):
    """A list that is written with one entry a line."""


def _represent_lines(dumper, value):
    tag = "tag:yaml.org,2002:" + ("map" if value.is_mapping else "seq")
    if value.is_mapping:
        return dumper.represent_mapping(tag, list(value), flow_style=False)
    return dumper.represent_sequence(tag, list(value), flow_style=False)


_Dumper.add_representer(_Lines, _represent_lines)


def dump(data):
    """Return a document as YAML text, the outermost level one entry a line."""
    if isinstance(data, (dict, list)) and data:
        lines = _Lines(data.items() if isinstance(data, dict) else data)
        lines.is_mapping = isinstance(data, dict)
        data = lines
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def plain_json(data):
    """Return data for a screen: exact decimals as numbers a browser prints alike."""
    if isinstance(data, dict):
        return {str(key): plain_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain_json(value) for value in data]
    if isinstance(data, Decimal):
        number = float(data)
        return number if Decimal(repr(number)) == data else str(data)
    return data


def from_json(data):
    """Return the data of a screen with decimals instead of floats.

    Raises ``DocumentError`` for more of it than a plan's text may hold.
    """
    left = [(data, 1)]
    for count, (value, depth) in enumerate(left):
        if depth > DEEPEST or count >= PLAN[1]:
            text = _("more values, or deeper nesting, than a plan may have")
            raise DocumentError([Finding((), text, _("Remove what does not belong here"))])
        if isinstance(value, (dict, list)):
            inner = value.values() if isinstance(value, dict) else value
            left += ((one, depth + 1) for one in inner)
    return _exact(data)


def _exact(data):
    if isinstance(data, dict):
        return {key: _exact(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_exact(value) for value in data]
    if isinstance(data, float):
        return int(data) if data.is_integer() else Decimal(repr(data))
    return data


def patched(text, data):
    """Return ``text`` changed so that it reads as ``data``.

    :param data: mapping as ``read_yaml`` returns it, or from a screen
    Raises ``DocumentError`` when ``text`` cannot be read.
    """
    data = from_json(data)
    if not text.strip():
        return dump(data)
    old = read_yaml(text, "plan").data
    if same(old, data):
        return text
    if not isinstance(old, dict):
        return dump(data)
    edits = []
    _patch(text, yaml.compose(text, Loader=yaml.SafeLoader), old, data, edits)
    found = text
    for start, end, new in sorted(edits, reverse=True):
        found = found[:start] + new + found[end:]
    # an unusual way of writing: right comes before pretty
    return found if _reads_as(found, data) else dump(data)


def _reads_as(text, data):
    try:
        return same(read_yaml(text).data, data)
    except DocumentError:
        return False


def same(one, other):
    """Whether two values read alike; keys are text, 1 and 1.0 are one number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {str(key) for key in one} == {str(key) for key in other} and all(
            same(value, _at(other, key)) for key, value in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, str) != isinstance(other, str):
        return False
    return one == other


def _at(mapping, key):
    """Value of a key, written as a number or as text."""
    if key in mapping:
        return mapping[key]
    return next((value for name, value in mapping.items() if str(name) == str(key)), None)


def _patch(text, node, old, new, edits):
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        if _patch_mapping(text, node, old, new, edits):
            return
    elif (
        isinstance(old, list) and isinstance(new, list) and _patch_list(text, node, old, new, edits)
    ):
        return
    edits.append((*_span(text, node), _written(text, node, new)))


def _patch_mapping(text, node, old, new, edits):
    """Change values in place; keys that come or go only in block style."""
    kept = {str(key) for key in new}
    gone = {key for key in old if key not in kept}
    fresh = [key for key in new if str(key) not in old]
    if (gone or fresh) and (node.flow_style or len(gone) == len(old)):
        return False
    pairs = list(node.value)
    if gone and pairs[0][0].value in gone:
        return False  # it may stand behind the mark of a list: `- code: …`
    for key_node, value_node in pairs:
        key = key_node.value  # `read_yaml` keeps keys as they are written
        if key in gone:
            edits.append((_line_start(text, key_node), _end(text, value_node), ""))
        else:
            _patch(text, value_node, old[key], _at(new, key), edits)
    if fresh:
        indent = pairs[0][0].start_mark.column
        lines = dump({key: new[key] for key in fresh})
        place = _end(text, pairs[-1][1])
        added = _indented(lines, indent)
        if place and text[place - 1] != "\n":
            added = "\n" + added
        edits.append((place, place, added))
    return True


def _patch_list(text, node, old, new, edits):
    """Change, take away and append entries of a list in block style."""
    if node.flow_style or not old:
        return False
    if len(old) == len(new):
        for item, was, now in zip(node.value, old, new, strict=True):
            _patch(text, item, was, now, edits)
        return True
    if len(new) > len(old) and all(map(same, old, new)):
        place = _end(text, node.value[-1])
        indent = _dash(text, node.value[0])
        added = _indented(dump([*new[len(old) :]]), indent)
        if place and text[place - 1] != "\n":
            added = "\n" + added
        edits.append((place, place, added))
        return True
    if len(new) == len(old) - 1 and new:
        index = next((n for n, item in enumerate(new) if not same(old[n], item)), len(new))
        if all(map(same, old[index + 1 :], new[index:])):
            item = node.value[index]
            edits.append((_line_start(text, item), _end(text, item), ""))
            return True
    return False


def _written(text, node, new):
    """Text of a value where ``node`` stands."""
    if not isinstance(new, (dict, list)) or not new:
        return _scalar(new)
    if node.id == "scalar" or node.flow_style:
        return _in_line(new)
    column = node.start_mark.column
    lines = _indented(dump(new), column)
    return lines[column:]


def _scalar(value):
    return _in_line(value)


def _in_line(value):
    shown = yaml.dump(
        [value],
        Dumper=_FlowDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
        default_flow_style=True,
    )
    return shown.strip()[1:-1]


class _FlowDumper(_Dumper):
    """Everything on one line."""


for _type, _tag in ((dict, "map"), (list, "seq")):
    _FlowDumper.add_representer(
        _type,
        lambda dumper, value, tag=_tag: (
            dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
            if tag == "map"
            else dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
        ),
    )


def _indented(lines, indent):
    space = " " * indent
    return "".join(space + line + "\n" for line in lines.rstrip("\n").split("\n"))


def _span(text, node):
    """Start and end of a value; a block ends with its last line, not with what follows."""
    if node.id == "scalar" or node.flow_style:
        return node.start_mark.index, node.end_mark.index
    return node.start_mark.index, _end(text, node)


def _end(text, node):
    """Index after the last line of a node, its comment on that line included."""
    last = _last(node)
    found = text.find("\n", last.end_mark.index)
    if last.id == "scalar" and last.style in ("|", ">"):
        return last.end_mark.index
    return len(text) if found < 0 else found + 1


def _last(node):
    """The scalar or flow node that a node ends with."""
    while node.id != "scalar" and not node.flow_style and node.value:
        item = node.value[-1]
        node = item[1] if isinstance(item, tuple) else item
    return node


def _line_start(text, node):
    return text.rfind("\n", 0, node.start_mark.index) + 1


def _dash(text, node):
    """Column of the mark of a list's entry."""
    start = _line_start(text, node)
    return text.index("-", start) - start
