# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .network import NetworkPortal

_MEMBERS = 20


class NetworkTeam(NetworkPortal):
    @route(
        ["/my/network/team", "/my/network/team/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_team(self, page=1, search="", show="all", sort="newest", **kwargs):
        """The people the reader sponsored: side, activity, own PV, rank."""
        # sudo record, but the reader's own enrolment only; the team is found from it
        distributor = self._network_distributor()
        values = {"page_name": "mlm_team"}
        if distributor:
            teams = distributor.env["mlm.portal.team"]
            team = teams._get(distributor, search, show, sort)
            pager = portal_pager(
                url="/my/network/team",
                url_args={"search": search, "show": show, "sort": sort},
                total=len(team["members"]),
                page=page,
                step=_MEMBERS,
            )
            members = team["members"][pager["offset"] : pager["offset"] + _MEMBERS]
            values.update(
                team=team,
                members=members,
                sides=teams._sides(distributor, [one["id"] for one in members]),
                pager=pager,
                search=search,
                show=show,
                sort=sort,
            )
        return self._network_render("mlm_portal.team", distributor, **values)
