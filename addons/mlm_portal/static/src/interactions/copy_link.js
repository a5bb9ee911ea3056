import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { browser } from "@web/core/browser/browser";

/** A button that copies the link beside it, and says so. */
export class CopyLink extends Interaction {
    static selector = ".o_mlm_copy";
    dynamicContent = {
        button: { "t-on-click": this.copy },
        ".o_mlm_copied": { "t-att-class": () => ({ invisible: !this.isCopied }) },
    };

    setup() {
        this.isCopied = false;
    }

    async copy() {
        const input = this.el.querySelector("input");
        input.select();
        try {
            await this.waitFor(browser.navigator.clipboard.writeText(input.value));
            this.isCopied = true;
        } catch {
            // not allowed, or no clipboard without https: the link is selected to be copied by hand
        }
    }
}

registry.category("public.interactions").add("mlm_portal.copy_link", CopyLink);
