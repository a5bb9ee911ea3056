from . import network, dashboard, earnings, team
