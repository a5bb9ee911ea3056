"""Entry point behind the `mlm` script: puts `tools/` on the path and runs the command line."""

import sys

from mlm_cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
