"""Parsing of the command line and the one place where errors become messages."""

import argparse
import importlib
import signal
import sys
from types import FrameType

from . import runtime
from .errors import UserError

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
    try:
        return _dispatch(arguments)
    except UserError as error:
        print(f"mlm: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nmlm: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 141  # the reader of our output went away, as with `| head`


def _end(number: int, frame: FrameType | None) -> None:
    """Leave as after an error, so that children are ended and scratch databases dropped."""
    raise SystemExit(128 + number)


def _dispatch(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="./mlm", description="The network-marketing back office, from one command."
    )
    subparsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    modules = {}
    for name in COMMANDS:
        module = importlib.import_module(f".commands.{name}", __package__)
        modules[name] = module
        subparser = subparsers.add_parser(name, help=module.HELP, description=module.__doc__)
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
    return module.run(parsed)
