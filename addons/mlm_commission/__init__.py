from . import models, reports
from . import wizards
from .move_guard import remove_guard


def _uninstall(env):
    remove_guard(env.cr)
