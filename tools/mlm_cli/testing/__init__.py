"""The parts of `./mlm test`: what to run, where, and how to read the result."""
