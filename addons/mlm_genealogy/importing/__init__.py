"""Files of distributors: their columns and what is wrong with their lines."""

from . import columns
from . import lines
from . import relations
