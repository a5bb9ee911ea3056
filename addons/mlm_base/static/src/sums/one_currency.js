import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * Amounts in several currencies are not added up. Odoo turns them by the rates of `res.currency`,
 * with which nobody of a network is paid, and one for one where there are none.
 */
export function isOurs(model) {
    return model.startsWith("mlm.");
}

export function noSum() {
    return { value: "—", help: _t("Amounts in several currencies are not added up.") };
}

patch(ListRenderer.prototype, {
    computeAggregates() {
        const aggregates = super.computeAggregates();
        if (isOurs(this.props.list.resModel)) {
            for (const name in aggregates) {
                if (aggregates[name].multiCurrency) {
                    aggregates[name] = noSum();
                }
            }
        }
        return aggregates;
    },
});
