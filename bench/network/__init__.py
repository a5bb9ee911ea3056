"""A network made for measuring, inside a database of its own."""
