import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { NetworkTree } from "@mlm_genealogy/tree/tree";

const MODEL = "mlm.tree.read";
const LEGS = { 1: "left", 2: "right" };

/** The trees in the back office: forms to open, free spots to place somebody on. */
export class NetworkTreeAction extends Component {
    static template = "mlm_genealogy.NetworkTreeAction";
    static components = { Layout, NetworkTree };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Network Tree");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        // what to show again when somebody comes back from a form
        this.kept = this.props.state?.kept || {};
        useSetupAction({ getLocalState: () => ({ kept: this.kept }) });
        const { params } = this.props.action;
        this.person = Number(params?.person_id) || false;
        if (params?.name) {
            this.env.config.setDisplayName(_t("Network of %s", params.name));
        }
        const call = (method, args) => this.orm.silent.call(MODEL, method, [], args);
        this.api = {
            trees: () => call("get_trees", {}),
            page: (values) => call("get_page", values),
            path: (values) => call("get_path", values),
            search: (text) => call("get_matches", { text }),
        };
    }

    openForm(person) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "mlm.distributor",
            res_id: person,
            views: [[false, "form"]],
        });
    }

    async place(info, position, slot, onClose) {
        const action = await this.orm.call("mlm.position", "action_place_below", [[position]]);
        const spot = { default_slot: slot };
        if (info.kind === "binary") {
            spot.default_leg = LEGS[slot];
        }
        return this.action.doAction(
            { views: [[false, "form"]], ...action },
            { additionalContext: spot, onClose }
        );
    }
}

registry.category("actions").add("mlm_genealogy.tree", NetworkTreeAction);
