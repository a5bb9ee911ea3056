from . import network, dashboard, earnings, team
from . import report, tree
