import { expect, test } from "@odoo/hoot";
import { defineParams, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { TreeCard } from "@mlm_genealogy/tree/tree_card";
import { card, LEGEND } from "./tree_kit";

defineMailModels();
defineParams({ lang_parameters: { decimal_point: ",", thousands_sep: "." } });

async function mountCard(values, props = {}) {
    const legend = { ...LEGEND, kinds: { customer: "Customer" } };
    await mountWithCleanup(TreeCard, {
        props: {
            card: card(1, values),
            legend,
            colour: "none",
            kind: "sponsor",
            isBox: false,
            isFound: false,
            ...props,
        },
    });
}

test("initials of at most two words, letters beyond the first plane too", async () => {
    await mountCard({ name: "  ana  de la Cruz" });
    expect(".o_mlm_tree_photo").toHaveText("AD");
});

test("initials of other letters", async () => {
    await mountCard({ name: "𝒶na Ñandú" });
    expect(".o_mlm_tree_photo").toHaveText("𝒶Ñ");
});

test("somebody whose name may not be read is a member of the team", async () => {
    await mountCard({ name: "", code: "" });
    expect(".o_mlm_tree_name").toHaveText("Member of your team");
    expect(".o_mlm_tree_photo .fa-user").toHaveCount(1);
});

test("a spot of somebody who left has no figures of a person", async () => {
    await mountCard({ closed: true, name: "Ana", branch: { count: 3 } });
    expect(".o_mlm_tree_name").toHaveText("Spot of somebody who left");
    expect("[title='People sponsored']").toHaveCount(0);
    expect("[title='People in the branch']").toHaveText(/3$/);
});

test("kind and state in words, where they are worth a word", async () => {
    await mountCard({ kind: "customer", state: "suspended" });
    expect(".badge:eq(0)").toHaveText("Customer");
    expect(".badge:eq(1)").toHaveText("Suspended");
});

test("… and they are not for a distributor who is active", async () => {
    await mountCard({});
    expect(".badge").toHaveCount(0);
});

test("the state is not said twice", async () => {
    await mountCard({ state: "suspended" }, { colour: "state" });
    expect(".badge").toHaveCount(0);
    expect(".o_mlm_tree_tag").toHaveText("Suspended");
});

test("left and right in a binary tree only", async () => {
    await mountCard({ slot: 1 }, { kind: "binary" });
    expect(".o_mlm_tree_side").toHaveText("Left");
});

test("a matrix has no sides", async () => {
    await mountCard({ slot: 1 }, { kind: "matrix" });
    expect(".o_mlm_tree_side").toHaveCount(0);
});

test("figures of the branch: counted so far, kept since, unknown", async () => {
    await mountCard({
        frontline: 1200,
        branch: { count: 5000, more: true, as_of: "2026-01-31 12:00:00", cv: null },
    });
    expect("[title='People sponsored']").toHaveText(/1\.200/);
    expect(".fa-users + span + small").toHaveCount(1);
    expect("[title^='as of']").toHaveText(/> 5\.000/);
    expect("[title='Volume of the branch']").toHaveText(/– CV/);
});

test("the volume of the branch, unless the colour says it", async () => {
    await mountCard({ branch: { count: 1, cv: 1234.5 } });
    expect("[title='Volume of the branch']").toHaveText(/1\.234,50 CV/);
});

test("… said by the colour", async () => {
    await mountCard({ branch: { count: 1, cv: 1234.5 } }, { colour: "volume" });
    expect("[title='Volume of the branch']").toHaveCount(0);
    expect(".o_mlm_tree_tag").toHaveText("1.234,50 CV");
    expect(".o_mlm_tree_card").toHaveClass("o_mlm_tree_step_3");
});
