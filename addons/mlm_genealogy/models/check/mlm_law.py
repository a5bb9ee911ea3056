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
                "description": "What was sealed is unchanged: no row of the history differs,"
                " is gone or came in later.",
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
            "Somebody changed the database outside of the system. Compare the rows with a"
            " backup from before, and find out who had access."
        )
        operate = _("Open the record and set it right with the operation made for it.")
        return {
            "sponsor_path": (
                _(
                    "Everybody's path is the sponsor's path and the own place: no cycle, no"
                    " orphan, no hole."
                ),
                restore,
            ),
            "sponsor_link": (
                _(
                    "Everybody in the network has one open sponsor link, and it names the"
                    " sponsor that the distributor shows; who has left has none."
                ),
                restore,
            ),
            "sponsor_history": (
                _(
                    "The sponsor links of a person follow each other without hole or overlap;"
                    " only between leaving and coming back there is none."
                ),
                restore,
            ),
            "sponsor_network": (
                _("A sponsor belongs to the same network, and is no customer."),
                operate,
            ),
            "sponsor_root": (
                _("A network has one root, besides those that are roots explicitly."),
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
                _("What becomes of the earnings follows from the state."),
                restore,
            ),
            "state_event": (
                _("The state of a person is the one that the last event of the history gave."),
                restore,
            ),
            "event_cause": (
                _(
                    "An event names as its cause an earlier one of the same network, and"
                    " nobody is linked again without a cause."
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
                    "What was sealed is unchanged: no row of the history differs, is gone or"
                    " came in later."
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
                _("Every position hangs from the head of its tree: no cycle, no orphan."),
                restore,
            ),
            "position_holder": (
                _(
                    "Only a distributor or a preferred customer of the tree's network holds a"
                    " position."
                ),
                operate,
            ),
            "position_leg": (
                _(
                    "In a binary tree the leg says the same as the spot; in other trees there"
                    " is no leg."
                ),
                restore_position,
            ),
            "position_slot": (
                _("A position below another stands on a valid spot in the same tree."),
                restore_position,
            ),
            "position_history": (
                _("At no time does a position stand below one that is not in the tree then."),
                restore_position,
            ),
            "holding_tank": (
                _(
                    "In the holding tank is exactly who may hold a position, has none and has"
                    " not left."
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
            "came in after its range was sealed": _("came in after its range was sealed"),
            "a seal before this one is gone": _("a seal before this one is gone"),
            "the seal itself was changed": _("the seal itself was changed"),
            "no enrolment on record": _("no enrolment on record"),
            "more than one enrolment on record": _("more than one enrolment on record"),
            "the reason is gone without an erasure on record": _(
                "the reason is gone without an erasure on record"
            ),
            "a reason was added afterwards": _("a reason was added afterwards"),
            "the reason was changed afterwards": _("the reason was changed afterwards"),
            "linked again without a cause": _("linked again without a cause"),
            "the cause was recorded later": _("the cause was recorded later"),
            "the cause belongs to another network": _("the cause belongs to another network"),
            "does not begin where the seal before ends": _(
                "does not begin where the seal before ends"
            ),
            "does not hold the fingerprint of the seal before": _(
                "does not hold the fingerprint of the seal before"
            ),
            "sealed columns are gone": _("sealed columns are gone"),
            "the root hash does not match the rows": _("the root hash does not match the rows"),
            "opened by no event": _("opened by no event"),
            "opened by an event of somebody else": _("opened by an event of somebody else"),
            "opened by an event of another position": _("opened by an event of another position"),
            "the event that opened it names somebody else above": _(
                "the event that opened it names somebody else above"
            ),
            "the history says another state": _("the history says another state"),
            "state and treatment of the earnings contradict each other": _(
                "state and treatment of the earnings contradict each other"
            ),
            "no open holder": _("no open holder"),
            "more than one open holder": _("more than one open holder"),
            "the open holder is another person": _("the open holder is another person"),
            "more than one root without being one explicitly": _(
                "more than one root without being one explicitly"
            ),
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
            "a time without sponsor link": _("a time without sponsor link"),
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
