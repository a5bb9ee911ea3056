"""Files of distributors: read, examined and written."""

from . import columns
from . import reader
from . import lines
from . import relations
from . import writer
