"""Who stood below whom, from when to when, as was known when: the truth of both trees."""

from . import mlm_link
from . import mlm_link_sponsor
from . import mlm_link_position
