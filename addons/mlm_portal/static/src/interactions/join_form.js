import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * The form of whoever joins: a customer signs no distributor contract and takes no spot,
 * and a second click sends nothing. Without scripts the server says the same.
 */
export class JoinForm extends Interaction {
    static selector = ".o_mlm_join_form";
    dynamicContent = {
        "select[name=kind]": { "t-on-change": this.showWhatApplies },
        "[data-members-only]": { "t-att-class": () => ({ "d-none": this.isCustomer }) },
        "[data-members-only] input": {
            "t-att-required": () => !this.isCustomer,
            "t-att-disabled": () => this.isCustomer,
        },
        "button[type=submit]": { "t-att-disabled": () => this.isSent },
        _root: { "t-on-submit": this.onSubmit },
        // a page that comes back from the browser's memory can be sent again
        _window: { "t-on-pageshow": () => (this.isSent = false) },
    };

    setup() {
        this.isSent = false;
        this.showWhatApplies();
    }

    showWhatApplies() {
        this.isCustomer = this.el.querySelector("select[name=kind]")?.value === "customer";
    }

    onSubmit(event) {
        if (this.isSent) {
            event.preventDefault();
        }
        this.isSent = true;
    }
}

registry.category("public.interactions").add("mlm_portal.join_form", JoinForm);
