"""One module per sub-command.

Each has `HELP` (one line), `configure(parser)` and `run(arguments) -> exit status`, and
`NEEDS_ENVIRONMENT = False` when it works without the virtual environment. `PASS_THROUGH = True`
hands the raw arguments on as `arguments.rest`.
"""
