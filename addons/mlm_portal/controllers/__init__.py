from . import network, dashboard, earnings, team
from . import tree
