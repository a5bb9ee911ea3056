from odoo import models

SEAL_CHECK = "event_seal"


class MlmLaw(models.AbstractModel):
    """The laws of the network, in words: what must hold, and what to do if not.

    The seals of the history are verified together with them.
    """

    _inherit = "mlm.law"

    def _get_checks(self):
        return super()._get_checks() | {
            SEAL_CHECK: {
                "module": "mlm_genealogy",
                "description": "What was sealed is unchanged: no row of the history was altered, "
                "removed or added later.",
                "model": "mlm.event.seal",
            }
        }

    def _run_check(self, name, limit):
        if name == SEAL_CHECK:
            # sudo: the seals cover the rows of all companies
            return self.env["mlm.event.seal"].sudo()._verify(limit)
        return super()._run_check(name, limit)

    def _get_words(self):
        """Return ``{name of the law: (what must hold, remedy)}`` in the user's language."""
        _ = self.env._
        restore = _(
            "Compare the links with the history of the person. The links are the truth;"
            " the distributor only shows them. Restore what was changed from a backup."
        )
        restore_position = _(
            "Compare the links with the history of the position. The links are the truth;"
            " the position only shows them. Restore what was changed from a backup."
        )
        tampered = _(
            "Somebody changed the database outside the system. Compare the rows with an earlier "
            "backup, and find out who had access."
        )
        operate = _("Open the record and correct it with the operation meant for that.")
        return {
            "sponsor_path": (
                _(
                    "Everybody's path is the sponsor's path plus their own place: no loops, no "
                    "orphans, no gaps."
                ),
                restore,
            ),
            "sponsor_link": (
                _(
                    "Everybody in the network has one open sponsor link, and it names the "
                    "sponsor that the distributor shows; people who left have none."
                ),
                restore,
            ),
            "sponsor_history": (
                _(
                    "The sponsor links of a person follow each other without gaps or overlaps; "
                    "only between leaving and coming back is there none."
                ),
                restore,
            ),
            "sponsor_network": (
                _("A sponsor belongs to the same network and is not a customer."),
                operate,
            ),
            "sponsor_root": (
                _("A network has one root, apart from those marked as roots."),
                operate,
            ),
            "sponsor_terminated": (
                _("Nobody is sponsored by somebody who has left."),
                operate,
            ),
            "sponsor_member": (
                _("Nobody is sponsored at a time when the sponsor did not belong to the network."),
                restore,
            ),
            "state_treatment": (
                _("The state decides what happens to the earnings."),
                restore,
            ),
            "state_event": (
                _("The state of a person is the one set by the last event in the history."),
                restore,
            ),
            "event_cause": (
                _(
                    "The cause of an event is an earlier one of the same network, and nobody is "
                    "relinked without a cause."
                ),
                tampered,
            ),
            "link_event": (
                _("Every link was opened by an event of the same person that says the same."),
                restore,
            ),
            "holder_open": (
                _("Every membership has one holder at a time, whom the distributor shows."),
                restore,
            ),
            "enrolment_event": (
                _("The history of everybody begins with exactly one enrolment."),
                tampered,
            ),
            "event_text": (
                _(
                    "What somebody wrote about an event is what was recorded, or its erasure"
                    " is logged."
                ),
                tampered,
            ),
            "event_seal": (
                _(
                    "What was sealed is unchanged: no row of the history was altered, removed or "
                    "added later."
                ),
                tampered,
            ),
            "position_link": (
                _(
                    "Every position in the tree has one open link, and it names the spot and"
                    " the person that the position shows; a removed one has none."
                ),
                restore,
            ),
            "position_spot": (_("Nobody shares a spot."), restore),
            "position_reach": (
                _("Every position hangs from the head of its tree: no loops, no orphans."),
                restore,
            ),
            "position_holder": (
                _(
                    "Only a distributor or preferred customer of the tree's network can hold a "
                    "position."
                ),
                operate,
            ),
            "position_leg": (
                _("In a binary tree the leg is the spot; other trees have no legs."),
                restore_position,
            ),
            "position_slot": (
                _("A position below another is on a valid spot of the same tree."),
                restore_position,
            ),
            "position_history": (
                _("At no time is a position below one that is not in the tree at that time."),
                restore_position,
            ),
            "holding_tank": (
                _(
                    "The holding tank contains exactly those who can hold a position, have none "
                    "and have not left."
                ),
                restore_position,
            ),
        }

    def _get_detail_words(self):
        """Return ``{what a law says in SQL: the same in the user's language}``."""
        _ = self.env._
        return {
            "changed after it was sealed": _("changed after it was sealed"),
            "deleted after it was sealed": _("deleted after it was sealed"),
            "added after its range was sealed": _("added after its range was sealed"),
            "an earlier seal is missing": _("an earlier seal is missing"),
            "the seal itself was changed": _("the seal itself was changed"),
            "no enrolment on record": _("no enrolment on record"),
            "more than one enrolment on record": _("more than one enrolment on record"),
            "the reason is missing without a recorded erasure": _(
                "the reason is missing without a recorded erasure"
            ),
            "a reason was added afterwards": _("a reason was added afterwards"),
            "the reason was changed afterwards": _("the reason was changed afterwards"),
            "relinked without a cause": _("relinked without a cause"),
            "the cause was recorded later": _("the cause was recorded later"),
            "the cause belongs to another network": _("the cause belongs to another network"),
            "does not begin where the previous seal ends": _(
                "does not begin where the previous seal ends"
            ),
            "does not contain the fingerprint of the previous seal": _(
                "does not contain the fingerprint of the previous seal"
            ),
            "sealed columns are missing": _("sealed columns are missing"),
            "the root hash does not match the rows": _("the root hash does not match the rows"),
            "not opened by any event": _("not opened by any event"),
            "opened by an event of somebody else": _("opened by an event of somebody else"),
            "opened by an event of another position": _("opened by an event of another position"),
            "the event that opened it names somebody else above": _(
                "the event that opened it names somebody else above"
            ),
            "the history shows another state": _("the history shows another state"),
            "state and treatment of the earnings contradict each other": _(
                "state and treatment of the earnings contradict each other"
            ),
            "no open holder": _("no open holder"),
            "more than one open holder": _("more than one open holder"),
            "the open holder is another person": _("the open holder is another person"),
            "more than one root not marked as root": _("more than one root not marked as root"),
            "sponsored by somebody who has left": _("sponsored by somebody who has left"),
            "sponsored at a time when the sponsor did not belong to the network": _(
                "sponsored at a time when the sponsor did not belong to the network"
            ),
            "left, with a sponsor or an open sponsor link": _(
                "left, with a sponsor or an open sponsor link"
            ),
            "more than one open sponsor link": _("more than one open sponsor link"),
            "no open sponsor link": _("no open sponsor link"),
            "the open link names another sponsor": _("the open link names another sponsor"),
            "the stored path differs from the path of the sponsor and the own id": _(
                "the stored path differs from the path of the sponsor"
            ),
            "a time without a sponsor link": _("a time without a sponsor link"),
            "two sponsor links overlap": _("two sponsor links overlap"),
            "the first sponsor link does not begin at the enrolment": _(
                "the first sponsor link does not begin at the enrolment"
            ),
            "sponsored by a customer": _("sponsored by a customer"),
            "sponsored from another network": _("sponsored from another network"),
            "no open link": _("no open link"),
            "the open link names another spot or person": _(
                "the open link names another spot or person"
            ),
            "share one spot": _("share one spot"),
            "share the head of a tree": _("share the head of a tree"),
            "cannot be reached from the head of the tree": _(
                "cannot be reached from the head of the tree"
            ),
            "held by a customer": _("held by a customer"),
            "held by somebody of another network": _("held by somebody of another network"),
            "the leg is not the one of the spot": _("the leg is not the one of the spot"),
            "is below a position of another tree": _("is below a position of another tree"),
            "is below a position that is no longer in the tree": _(
                "is below a position that is no longer in the tree"
            ),
            "is not on a valid spot": _("is not on a valid spot"),
            "is below a position at a time when that one is not in the tree": _(
                "is below a position at a time when that one is not in the tree"
            ),
            "removed, with an open link": _("removed, with an open link"),
            "more than one open link": _("more than one open link"),
            "is waiting, but is not in the holding tank": _(
                "is waiting, but is not in the holding tank"
            ),
            "is not waiting, but is in the holding tank": _(
                "is not waiting, but is in the holding tank"
            ),
        }
