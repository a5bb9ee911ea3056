import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/**
 * A list on which people decide: the buttons above it tell the server what the screen shows of
 * the chosen records, see `mlm.seen`. What is chosen and not on the page was not seen.
 */
export class SeenListController extends ListController {
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.buttonContext) {
            clickParams.buttonContext.mlm_seen = this.model.root.selection.map(
                ({ resId, data }) => [resId, data.seen]
            );
        }
        return super.beforeExecuteActionButton(clickParams);
    }
}

registry.category("views").add("mlm_seen_list", { ...listView, Controller: SeenListController });
