import { isOurs, noSum } from "@mlm_base/sums/one_currency";
import { patch } from "@web/core/utils/patch";
import { GraphModel } from "@web/views/graph/graph_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";

// The server gives no sum of several currencies: `Base._sum_of_one_currency`.

patch(PivotRenderer.prototype, {
    getFormattedValue(cell) {
        const formatted = super.getFormattedValue(cell);
        return isOurs(this.model.metaData.resModel) && formatted.currencies ? noSum() : formatted;
    },
});

patch(GraphModel.prototype, {
    async _loadDataPoints(metaData) {
        const [points, currencies] = await super._loadDataPoints(metaData);
        // a bar of nothing would say that nothing was earned
        const some = isOurs(metaData.resModel) && currencies.size > 1;
        return [some ? points.filter((one) => one.value !== false) : points, currencies];
    },
});
