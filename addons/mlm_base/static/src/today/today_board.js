import { Component, onWillStart, useExternalListener, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { makeContext } from "@web/core/context";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { executeButtonCallback } from "@web/views/view_button/view_button_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { TodayCard } from "./today_card";
import { TodayPeople } from "./today_people";

const MODEL = "mlm.today";
/** A board that was left open is read once more when somebody comes back to it. */
const STALE = 60000;

/** What waits in one room, as the server counts it for whoever looks. */
export class TodayBoard extends Component {
    static template = "mlm_base.TodayBoard";
    static components = { Layout, TodayCard, TodayPeople };
    static props = { ...standardActionServiceProps };
    static displayName = _t("Today");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.last = new KeepLast();
        this.state = useState({ board: null });
        this.open = this.open.bind(this);
        this.press = this.press.bind(this);
        onWillStart(() => this.load());
        const comeBack = () => {
            if (!document.hidden && Date.now() - this.readAt > STALE) {
                this.load();
            }
        };
        useExternalListener(document, "visibilitychange", comeBack);
        useExternalListener(window, "focus", comeBack);
    }

    get room() {
        return this.props.action.params?.room || "network";
    }

    get isEmpty() {
        return !this.state.board.cards.some((card) => card.waits);
    }

    async load() {
        this.readAt = Date.now();
        this.state.board = await this.last.add(this.orm.call(MODEL, "get_board", [this.room]));
    }

    /** Open a form, or a window with no other filter than the card's own. */
    async open({ action, model, id, domain, name }) {
        if (id) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            });
        }
        const window = await this.action.loadAction(action);
        const context = makeContext([window.context]);
        for (const key of Object.keys(context)) {
            if (key.startsWith("search_default_")) {
                delete context[key];
            }
        }
        if (name) {
            Object.assign(window, { name, display_name: name });
        }
        return this.action.doAction({ ...window, domain, context });
    }

    press(button) {
        if (button.open) {
            return this.open(button.open);
        }
        if (!button.confirm) {
            return executeButtonCallback(this.root.el, () => this.run(button));
        }
        this.dialog.add(ConfirmationDialog, {
            body: button.confirm,
            confirmLabel: button.label,
            confirm: () => this.run(button),
            cancel: () => {},
        });
    }

    async run(button) {
        try {
            await this.act(button);
        } catch (error) {
            this.load(); // somebody else may have done it meanwhile
            throw error;
        }
    }

    act(button) {
        const onClose = () => this.load();
        if (button.action) {
            return this.action.doAction(button.action, {
                additionalContext: button.context || {},
                onClose,
            });
        }
        return this.action.doActionButton({
            type: "object",
            name: button.method,
            resModel: button.model,
            resIds: button.ids,
            context: user.context,
            onClose,
        });
    }
}

registry.category("actions").add("mlm_base.today", TodayBoard);
