"""The database that a command is about, and what it answers."""

import argparse
import json
from collections.abc import Mapping
from typing import Any

from . import company, database, runtime
from .config import Runtime
from .errors import UserError
from .language import _, spoken
from .names import DEMO_DATABASE
from .paths import LOGS, STATE
from .progress import Step, step

_PROGRESS = "MLM-PROGRESS "

#: What a script has beside `env`: `answer(document)`, `progress(done, total, text)`, and the
#: `label(record, field)` of a choice. It runs in the language of MLM_LANG, or the nearest that the
#: database has; without one in that of its user.
_PREAMBLE = f"""
import json, os
from pathlib import Path

if lang := os.environ["MLM_LANG"]:
    installed = [code for code, _name in env["res.lang"].get_installed()]
    lang = next((code for code in installed if code.startswith(lang)), "en_US")
    env = env(context={{**env.context, "lang": lang}})

def label(record, field):
    choices = record._fields[field]._description_selection(record.env)
    return dict(choices).get(record[field], "")

def answer(document):
    Path(os.environ["MLM_ANSWER"]).write_text(json.dumps(document, default=str), "utf-8")

def progress(done, total=1.0, text=""):
    print({_PROGRESS!r} + json.dumps([done, total, str(text)]), flush=True)
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-d",
        "--database",
        metavar=_("DATABASE"),
        default=DEMO_DATABASE,
        help=_("database (default: {name}, the demo)", name=DEMO_DATABASE),
    )
    configure_server(parser)


def configure_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--test-server", action="store_true", help=_("the server of the tests"))


def configure_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help=_("print one JSON document for programs instead")
    )


def server(arguments: argparse.Namespace) -> Runtime:
    """The runtime on the server that was asked for."""
    return runtime.ensure("test" if arguments.test_server else "main")


def ready(arguments: argparse.Namespace) -> Runtime:
    """The same, with the database that was asked for.

    :raises UserError: there is none of that name, or it is none of Odoo's
    """
    found, name = server(arguments), arguments.database
    require(found, name)
    if not database.has_odoo(found.server, name):
        raise UserError(_("The database {name} holds no Odoo.", name=name))
    return found


def require(found: Runtime, name: str) -> None:
    """Check that a database exists.

    :raises UserError: it does not; names those that do
    """
    known = database.names(found.server)
    if name not in known:
        raise UserError(
            _("There is no database {name}.", name=name),
            _("databases here: {names}", names=", ".join(known) or "–"),
            _("the demo company is made by {command}", command="./mlm demo"),
        )


def ask(
    found: Runtime,
    name: str,
    code: str,
    topic: str,
    title: str,
    env: Mapping[str, str] | None = None,
    lang: str | None = None,
) -> Any:
    """What Python in `odoo shell` answers, its progress shown.

    :param code: calls `answer` with what JSON can hold, and may call `progress`
    :param topic: names the log and the file of the answer, which is kept
    :param title: what goes on, for people
    :param lang: `es` or `en`, by default the console's; `""`: that of the script's user, whatever
        the console speaks
    :raises UserError: it failed
    """
    result = STATE / f"{topic}.json"
    result.unlink(missing_ok=True)
    with step(title) as shown:
        company.run_script(
            found,
            name,
            _PREAMBLE + code,
            LOGS / f"{topic}.log",
            title,
            on_line=lambda line: _show(shown, line),
            env={
                **(env or {}),
                "MLM_LANG": spoken() if lang is None else lang,
                "MLM_ANSWER": str(result),
            },
        )
    return json.loads(result.read_text(encoding="utf-8"))


def _show(shown: Step, line: str) -> None:
    if line.startswith(_PROGRESS):
        done, total, text = json.loads(line[len(_PROGRESS) :])
        shown.update(float(done), float(total), text)
