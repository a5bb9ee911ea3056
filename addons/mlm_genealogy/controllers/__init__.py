from . import identity
from . import downline
from . import import_export
