from . import network, dashboard, earnings, team, contest
from . import enrol, join, report, tree, viewing
from . import deposits
