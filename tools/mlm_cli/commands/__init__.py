"""One module per sub-command.

Each has `HELP` (one line), perhaps `ABOUT` (more of it), `configure(parser)` and
`run(arguments) -> exit status`, and `NEEDS_ENVIRONMENT = False` when it works without the virtual
environment. `PASS_THROUGH = True` hands the raw arguments on as `arguments.rest`. What a command
`FOR_DEVELOPERS = True` does is told in English, whatever language the console speaks.
"""
