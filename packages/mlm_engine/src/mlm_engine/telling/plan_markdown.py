# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The document for distributors as one Markdown text."""

from .language import name_in
from .plan_document import document


def markdown(plan, lang="es", today=None):
    """Return the blocks of ``plan_document.document`` as Markdown."""
    lines = [f"# {name_in(plan['name'], lang)}"]
    for block in document(plan, lang, today):
        if block["kind"] == "heading":
            lines += ["", f"## {block['text']}", ""]
        elif block["kind"] == "list":
            lines += [f"- {text}" for text in block["items"]]
        elif block["kind"] == "table":
            lines += ["", _line(block["head"]), _line(["---"] * len(block["head"]))]
            lines += [_line(row) for row in block["rows"]] + [""]
        else:
            lines += ["", block["text"], ""]
    return "\n".join(lines) + "\n"


def _line(cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
