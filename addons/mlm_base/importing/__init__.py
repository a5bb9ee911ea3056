"""Files of tables: read, understood and written, whatever they hold."""

from . import headings
from . import reader
from . import values
from . import writer
