"""Parsing of the command line and the one place where errors become messages."""

import argparse
import importlib
import signal
import sys
from types import FrameType

from . import language, runtime
from .errors import UserError
from .language import _

COMMANDS = (
    "demo",
    "serve",
    "test",
    "scenario",
    "check",
    "audit",
    "compare",
    "evidence",
    "backup",
    "restore",
    "bench",
    "docs",
    "pictures",
    "words",
    "shell",
    "odoo",
    "psql",
    "setup",
    "stop",
)


def main(arguments: list[str]) -> int:
    """Run one sub-command and return its exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    language.speak(language.spoken())
    try:
        return _dispatch(arguments)
    except UserError as error:
        print(f"mlm: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nmlm: " + _("interrupted"), file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141  # the reader of our output went away, as with `| head`


def _end(number: int, frame: FrameType | None) -> None:
    """Leave as after an error, so that children are ended and scratch databases dropped."""
    raise SystemExit(128 + number)


def _dispatch(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./mlm", description=_("The network-marketing back office, from one command.")
    )
    subparsers = parser.add_subparsers(title=_("commands"), dest="command", metavar=_("COMMAND"))
    modules = {}
    for name in COMMANDS:
        module = importlib.import_module(f".commands.{name}", __package__)
        modules[name] = module
        about = getattr(module, "ABOUT", f"{module.HELP[0].upper()}{module.HELP[1:]}.")
        subparser = subparsers.add_parser(name, help=module.HELP, description=about)
        module.configure(subparser)
    named = arguments[0] if arguments else ""
    if getattr(modules.get(named), "PASS_THROUGH", False):
        if arguments[1:] in (["--help"], ["-h"]):
            parser.parse_args([named, "--help"])
        parsed = argparse.Namespace(command=named, rest=arguments[1:])
    else:
        parsed = parser.parse_args(arguments)
    if not parsed.command:
        parser.print_help()
        return 2
    module = modules[parsed.command]
    if getattr(module, "NEEDS_ENVIRONMENT", True):
        runtime.enter_environment(arguments)
    if getattr(module, "FOR_DEVELOPERS", False):
        language.speak(language.ENGLISH)
    return module.run(parsed)
