# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What several measures share."""

from ..kernel.text import _
from ..plan import params as make

VOLUMES = {"pv": _("PV"), "cv": _("CV")}


def volume():
    """The volume that a measure sums."""
    return make.choice("pv", VOLUMES, _("Volume"))


def tree():
    """The tree that a measure looks at: an index, -1 for the sponsor tree."""
    return make.ref("trees", _("Tree"), none=_("the sponsor tree"))


def needed(check, params, name, path, what):
    """Report a reference that was not given."""
    if params[name] < 0:
        check.wrong(
            path,
            _("{name!r} is missing: {what}", name=name, what=what),
            _("Add `{name}: …` here", name=name),
        )


def width(plan, index):
    """Return how many legs a position of a tree has, 0 for the sponsor tree."""
    if index < 0:
        return 0
    item = plan["trees"][index]
    return 2 if item["kind"] == "binary" else item["width"]


def earlier(check, index, path, own, plan):
    """Report a measure that is not declared above measure ``own``."""
    if index >= own:
        code = plan["codes"]["measures"][index]
        text = _("measure {code!r} is further down, or is this one", code=code)
        check.wrong(path, text, _("Declare it further up"))
