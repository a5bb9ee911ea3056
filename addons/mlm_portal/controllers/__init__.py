from . import network, dashboard, earnings, team
from . import enrol, join, report, tree, viewing
