from . import identity
from . import downline
