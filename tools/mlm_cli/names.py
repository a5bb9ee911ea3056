"""Names that several commands share."""

#: the database of `./mlm demo`, and the default of the commands that work on one
DEMO_DATABASE = "mlm_demo"
