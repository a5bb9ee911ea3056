from . import mlm_today
from . import mlm_today_people
