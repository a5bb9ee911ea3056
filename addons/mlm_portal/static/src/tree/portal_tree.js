import { Component } from "@odoo/owl";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { NetworkTree } from "@mlm_genealogy/tree/tree";

/** The trees of a distributor: the own downline, without dates and without placing. */
export class PortalNetworkTree extends Component {
    static template = "mlm_portal.NetworkTree";
    static components = { NetworkTree };
    static props = {};

    setup() {
        // the server knows no past for the portal
        const call = (name, { at, ...values }) => rpc(`/my/network/tree/${name}`, values, { silent: true });
        this.api = {
            trees: () => call("trees", {}),
            page: (values) => call("page", values),
            path: (values) => call("path", values),
            search: (text) => call("search", { text }),
        };
    }
}

registry.category("public_components").add("mlm_portal.tree", PortalNetworkTree);
