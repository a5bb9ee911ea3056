import { describe, expect, queryAllTexts, test } from "@odoo/hoot";
import {
    contains,
    defineModels,
    fields,
    findComponent,
    models,
    mountView,
    onRpc,
    preloadBundle,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

const AMOUNTS = {
    amount: () =>
        fields.Monetary({ string: "Amount", currency_field: "currency_id", aggregator: "sum" }),
    currency_id: () => fields.Many2one({ relation: "res.currency" }),
};

class Line extends models.Model {
    _name = "mlm.line";
    person = fields.Char({ groupable: true });
    amount = AMOUNTS.amount();
    currency_id = AMOUNTS.currency_id();
    _records = [
        { id: 1, person: "Ana", amount: 10, currency_id: 1 },
        { id: 2, person: "Beto", amount: 5, currency_id: 2 },
        { id: 3, person: "Ana", amount: 7, currency_id: 1 },
    ];
}

class Foreign extends models.Model {
    _name = "other.line";
    person = fields.Char({ groupable: true });
    amount = AMOUNTS.amount();
    currency_id = AMOUNTS.currency_id();
    _records = Line._records.map((one) => ({ ...one }));
}

defineMailModels();
defineModels([Line, Foreign]);
preloadBundle("web.chartjs_lib");

describe("list", () => {
    async function mountList(resModel, values = {}) {
        onRpc("get_currencies", () => {});
        await mountView({
            type: "list",
            resModel,
            arch: `<list><field name="person"/><field name="currency_id" column_invisible="1"/>
                <field name="amount" sum="Sum"/></list>`,
            ...values,
        });
    }

    test("amounts in several currencies are not added up", async () => {
        await mountList("mlm.line");
        expect("tfoot").toHaveText("—");
        expect("tfoot [data-tooltip]").toHaveAttribute(
            "data-tooltip",
            "Amounts in several currencies are not added up."
        );
    });

    test("amounts in one currency are", async () => {
        await mountList("mlm.line", { domain: [["currency_id", "=", 1]] });
        expect("tfoot").toHaveText("$ 17.00");
    });

    test.tags("desktop"); // a phone has no boxes before each line
    test("nor are those of lines that were chosen, unless they are of one", async () => {
        await mountList("mlm.line");
        await contains("tbody tr:eq(0) input").check();
        await contains("tbody tr:eq(2) input").check();
        expect("tfoot").toHaveText("$ 17.00");
        await contains("tbody tr:eq(1) input").check();
        expect("tfoot").toHaveText("—");
    });

    test("models of others keep the sum of Odoo", async () => {
        await mountList("other.line");
        expect("tfoot").toHaveText(/^\$/);
    });
});

describe("pivot", () => {
    const GROUPS = (resModel) => {
        // the server: of several currencies there is no sum
        onRpc(resModel, "formatted_read_grouping_sets", ({ kwargs, parent }) => {
            const found = parent();
            for (const group of found.flat()) {
                if (group["currency_id:array_agg_distinct"]?.length > 1) {
                    group["amount:sum_currency"] = resModel.startsWith("mlm.") ? false : 12;
                }
            }
            return found;
        });
    };

    async function mountPivot(resModel) {
        GROUPS(resModel);
        await mountView({
            type: "pivot",
            resModel,
            arch: `<pivot><field name="person" type="row"/><field name="amount" type="measure"/></pivot>`,
        });
        return queryAllTexts(".o_pivot_cell_value");
    }

    test("a cell of several currencies has no sum, one of one currency has", async () => {
        expect(await mountPivot("mlm.line")).toEqual(["—", "$ 17.00", "5.00 €"]);
    });

    test("models of others keep what Odoo shows", async () => {
        const cells = await mountPivot("other.line");
        expect(cells[0]).not.toMatch(/—/);
        expect(cells.slice(1)).toEqual(["$ 17.00", "5.00 €"]);
    });
});

describe("graph", () => {
    /** Bars of a chart by person, as the server answers. */
    async function mountGraph(resModel, groups) {
        onRpc(resModel, "formatted_read_group", () =>
            groups.map(([person, amount, currencies]) => ({
                person,
                __count: 1,
                __extra_domain: [["person", "=", person]],
                "currency_id:array_agg_distinct": currencies,
                "amount:sum_currency": amount,
                "amount:sum": amount,
            }))
        );
        const view = await mountView({
            type: "graph",
            resModel,
            arch: `<graph><field name="person"/><field name="amount" type="measure"/></graph>`,
        });
        const { model } = findComponent(view, (one) => one.model?.data);
        return model.data.labels.map((label, at) => [label, model.data.datasets[0].data[at]]);
    }

    const GROUPS = [
        ["Ana", 17, [1]],
        ["Beto", false, [1, 2]],
        ["Cira", 0, [2]],
    ];

    test("a bar of several currencies is left out: one of nothing would say that nothing was earned", async () => {
        expect(await mountGraph("mlm.line", GROUPS)).toEqual([
            ["Ana", 17],
            ["Cira", 0],
        ]);
    });

    test("bars of one currency are all drawn", async () => {
        expect(await mountGraph("mlm.line", [GROUPS[0], ["Beto", false, [1]]])).toHaveLength(2);
    });

    test("models of others keep their bars", async () => {
        expect(await mountGraph("other.line", GROUPS)).toHaveLength(3);
    });
});
