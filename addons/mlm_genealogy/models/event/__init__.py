"""What happened to whom: never changed, sealed, told in words; the reasons apart from it."""

from . import mlm_genealogy_event
from . import mlm_genealogy_event_summary
from . import mlm_event_text
from . import mlm_event_seal
from . import mlm_event_seal_verify
