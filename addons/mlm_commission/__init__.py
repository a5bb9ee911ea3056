from . import controllers, models, reports
from . import wizards
