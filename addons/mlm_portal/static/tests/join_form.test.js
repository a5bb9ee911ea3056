import {
    animationFrame,
    expect,
    manuallyDispatchProgrammaticEvent,
    on,
    queryOne,
    test,
} from "@odoo/hoot";
import { contains } from "@web/../tests/web_test_helpers";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("mlm_portal.join_form");

async function startForm(kind = "distributor") {
    const chosen = (value) => (value === kind ? "selected" : "");
    await startInteractions(`
        <form class="o_mlm_join_form">
            <select name="kind">
                <option value="distributor" ${chosen("distributor")}>Distributor</option>
                <option value="customer" ${chosen("customer")}>Customer</option>
            </select>
            <div data-members-only="1"><input type="text" name="leg" value="left"/></div>
            <button type="submit">Join</button>
        </form>`);
    // what the page would have sent; the test itself stays here
    on("form", "submit", (ev) => {
        expect.step(ev.defaultPrevented ? "kept" : "sent");
        ev.preventDefault();
    });
}

const submit = async () => {
    await manuallyDispatchProgrammaticEvent(queryOne("form"), "submit");
    await animationFrame();
};

test("a distributor signs and chooses a spot, a customer does not", async () => {
    await startForm();
    expect("[data-members-only]").not.toHaveClass("d-none");
    expect("input").toBeEnabled();
    expect("input").toHaveAttribute("required");
    await contains("select").select("customer");
    expect("[data-members-only]").toHaveClass("d-none");
    expect("input:not(:visible)").toHaveAttribute("disabled");
    expect("input:not(:visible)").not.toHaveAttribute("required");
    await contains("select").select("distributor");
    expect("input").toBeEnabled();
    expect("input").toHaveAttribute("required");
});

test("a form that comes back for a customer is shown as such", async () => {
    await startForm("customer");
    expect("[data-members-only]").toHaveClass("d-none");
});

test("a second click sends nothing", async () => {
    await startForm();
    await submit();
    expect("button").not.toBeEnabled();
    await submit();
    expect.verifySteps(["sent", "kept"]);
});

test("a page that comes back from the browser's memory can be sent again", async () => {
    await startForm();
    await submit();
    await manuallyDispatchProgrammaticEvent(window, "pageshow");
    await animationFrame();
    expect("button").toBeEnabled();
    await submit();
    expect.verifySteps(["sent", "sent"]);
});
