from . import models, reports
from . import wizards
