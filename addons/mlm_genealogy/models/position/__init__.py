"""Places in a tree."""

from . import mlm_position
from . import mlm_position_query
from . import mlm_position_placement
from . import mlm_position_move
from . import mlm_position_state
