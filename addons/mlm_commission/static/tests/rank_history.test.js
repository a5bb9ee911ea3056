import { expect, queryAll, queryAllAttributes, queryAllTexts, test } from "@odoo/hoot";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

class Distributor extends models.Model {
    _name = "mlm.distributor";
    history = fields.Json();
}

defineMailModels();
defineModels([Distributor]);

async function mountHistory(history) {
    Distributor._records = [{ id: 1, history }];
    await mountView({
        type: "form",
        resModel: "mlm.distributor",
        resId: 1,
        arch: `<form><field name="history" widget="mlm_rank_history"/></form>`,
    });
}

const period = (rank, title) => ({
    name: `C${rank}`,
    rank,
    title,
    rank_name: `R${rank}`,
    title_name: `R${title}`,
});
const styles = (selector) => queryAll(selector).map((bar) => bar.getAttribute("style"));

test("bars and marks stand as high as their rank among all", async () => {
    const ranks = ["None", "Silver", "Gold", "Diamond"];
    await mountHistory({ ranks, periods: [period(0, 0), period(1, 3), period(3, 3)] });
    expect(styles(".o_mlm_ranks_field .o_mlm_ranks_bar")).toEqual([
        "height: 0%",
        "height: 33%",
        "height: 100%",
    ]);
    expect(styles(".o_mlm_ranks_field .o_mlm_ranks_title")).toEqual([
        "bottom: 100%",
        "bottom: 100%",
    ]);
    expect(queryAllTexts(".o_mlm_ranks_scale span")).toEqual(ranks);
    expect(queryAllAttributes("[data-rank]", "title")[1]).toBe("C1: R1 (R3)");
});

test("a plan of a single rank has no height", async () => {
    await mountHistory({ ranks: ["None"], periods: [period(0, 0)] });
    expect(styles(".o_mlm_ranks_field .o_mlm_ranks_bar")).toEqual(["height: 0%"]);
});

test("nothing decided yet", async () => {
    await mountHistory(false);
    expect(".o_field_widget p").toHaveText(/No posted run/);
    expect(".o_mlm_ranks").toHaveCount(0);
});
