from . import importing
from . import models
