"""The `./mlm` command line.

Everything imported before the virtual environment exists uses the standard library only.
"""
