# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Closed periods computed once more, one after the other, with something changed.

Every period has its own frozen inputs. What it took over from a period that is computed
again here (carry, ranks, state, accumulated measures, earnings of the periods inside it, what
own purchases had put into legs) comes from that one; the first ones keep what was frozen.
Without a change each period gives the result that it gave (``digest``).
"""

from ..kernel import run
from .codes import by_code
from .handed_on import HandedOn


def chain(snapshots, change=None, cross=by_code, progress=None):
    """Yield ``(snapshot, result)`` of each period, as it is computed.

    :param snapshots: frozen ``Snapshot`` of each period, in the order in which they were
        computed; of each kind of period without a gap. A longer period is among them only
        with all the periods inside it that paid something
    :param change: ``f(snapshot) -> snapshot``: another plan (``plan.under``), other inputs
    :param cross: ``f(section, plan before, plan) -> {index before: index}``: what bonuses,
        ranks and measures of a period before are called later, by default by code
    :param progress: ``f(how many periods are done, stage, fraction of the present one)``
    """
    handed_on = HandedOn(cross)
    for number, frozen in enumerate(snapshots):
        tell = None
        if progress:

            def tell(stage, fraction, number=number):
                progress(number, stage, fraction)

        snapshot = handed_on.to(change(frozen) if change else frozen)
        result = run.compute(snapshot, tell)
        handed_on.keep(snapshot, result)
        yield snapshot, result
