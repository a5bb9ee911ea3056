from odoo import models


class MlmLaw(models.AbstractModel):
    """The laws of placement in the user's language."""

    _inherit = "mlm.law"

    def _get_words(self):
        _ = self.env._
        restore = _(
            "Compare the links with the history of the position. The links are the truth;"
            " the position only shows them. Restore what was changed from a backup."
        )
        return {
            **super()._get_words(),
            "position_leg": (
                _(
                    "In a binary tree the leg says the same as the spot; in other trees there"
                    " is no leg."
                ),
                restore,
            ),
            "position_slot": (
                _("A position below another stands on a valid spot in the same tree."),
                restore,
            ),
            "position_history": (
                _("At no time does a position stand below one that is not in the tree then."),
                restore,
            ),
            "holding_tank": (
                _(
                    "In the holding tank is exactly who may hold a position, has none and has"
                    " not left."
                ),
                restore,
            ),
        }

    def _get_detail_words(self):
        _ = self.env._
        return {
            **super()._get_detail_words(),
            "the leg is not the one of the spot": _("the leg is not the one of the spot"),
            "stands below a position of another tree": _("stands below a position of another tree"),
            "stands below a position that is no longer in the tree": _(
                "stands below a position that is no longer in the tree"
            ),
            "stands on no valid spot": _("stands on no valid spot"),
            "stands below a position at a time when that one is not in the tree": _(
                "stands below a position at a time when that one is not in the tree"
            ),
            "removed, with an open link": _("removed, with an open link"),
            "more than one open link": _("more than one open link"),
            "waits, and the holding tank does not know": _(
                "waits, and the holding tank does not know"
            ),
            "does not wait, and is in the holding tank": _(
                "does not wait, and is in the holding tank"
            ),
        }
