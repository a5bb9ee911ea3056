# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Another measure summed over periods, or ever since."""


def value(run, item, member, least):
    plan = run.plan
    now = run.measures.value(str(item["of"]), member)
    periods = int(item.get("periods", 0))
    if not periods:
        return now + run.measures.before(plan.measure_index[str(item["code"])], 1, member)
    index = plan.measure_index[str(item["of"])]
    return now + sum(run.measures.before(index, age, member) for age in range(1, periods))
