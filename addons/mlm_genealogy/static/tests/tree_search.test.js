import {
    advanceTime,
    animationFrame,
    Deferred,
    expect,
    press,
    queryAllTexts,
    test,
} from "@odoo/hoot";
import { contains, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { TreeSearch } from "@mlm_genealogy/tree/tree_search";

defineMailModels();

const PEOPLE = [
    { person: 1, name: "Ana", code: "P1", sponsor: "Root" },
    { person: 2, name: "Anabel", code: "P2", sponsor: "" },
];
const OPTION = "[role=option]";

async function mountSearch(search = () => PEOPLE) {
    const props = {
        search: async (text) => {
            expect.step(`search ${text}`);
            return search(text);
        },
        choose: (person) => expect.step(`choose ${person}`),
    };
    await mountWithCleanup(TreeSearch, { props });
    await contains("input").focus();
}

async function type(text) {
    await contains("input").edit(text, { confirm: false });
}

async function key(name) {
    await press(name);
    await animationFrame();
}

/** Write and wait until the answer is there. */
async function find(text) {
    await type(text);
    await advanceTime(250);
    await animationFrame();
}

test("people are found once nobody writes any more", async () => {
    await mountSearch();
    await type("an");
    await type("ana");
    expect.verifySteps([]);
    await advanceTime(250);
    await animationFrame();
    expect.verifySteps(["search ana"]);
    expect(queryAllTexts(OPTION)).toEqual(["Ana P1\nSponsor: Root", "Anabel P2"]);
    expect("input").toHaveAttribute("aria-expanded", "true");
});

test("walking through the list begins again at its ends", async () => {
    await mountSearch();
    await find("ana");
    const active = () => queryAllTexts(`${OPTION}.active strong`);
    expect(active()).toEqual(["Ana"]);
    await key("ArrowDown");
    expect(active()).toEqual(["Anabel"]);
    await key("ArrowDown");
    expect(active()).toEqual(["Ana"]);
    await key("ArrowUp");
    expect(active()).toEqual(["Anabel"]);
    await key("Enter");
    expect(OPTION).toHaveCount(0);
    expect.verifySteps(["search ana", "choose 2"]);
});

test.tags("desktop");
test("somebody is chosen by mouse", async () => {
    await mountSearch();
    await find("ana");
    await contains(`${OPTION}:last`).click();
    expect.verifySteps(["search ana", "choose 2"]);
    expect(OPTION).toHaveCount(0);
});

test("Enter does not wait, and the list stays closed after it", async () => {
    await mountSearch();
    await type("ana");
    await key("Enter");
    expect.verifySteps(["search ana", "choose 1"]);
    await advanceTime(1000);
    await animationFrame();
    expect.verifySteps([]);
    expect(OPTION).toHaveCount(0);
});

test("Enter chooses nobody from the list of an earlier text", async () => {
    await mountSearch((text) => PEOPLE.filter((one) => one.name.toLowerCase().startsWith(text)));
    await find("ana");
    await type("anab");
    await key("Enter");
    expect.verifySteps(["search ana", "search anab", "choose 2"]);
});

test("an empty text finds nobody and asks nothing", async () => {
    await mountSearch();
    await type("ana");
    await contains("input").clear({ confirm: false });
    await advanceTime(1000);
    await key("Enter");
    expect.verifySteps([]);
    expect("input").toHaveAttribute("aria-expanded", "false");
});

test("Escape closes the list, and what is on its way opens it no more", async () => {
    const slow = new Deferred();
    await mountSearch(() => slow);
    await type("ana");
    await advanceTime(250);
    await key("Escape");
    slow.resolve(PEOPLE);
    await animationFrame();
    expect.verifySteps(["search ana"]);
    expect("input").toHaveAttribute("aria-expanded", "false");
});

test("of two searches the later one counts, whichever is answered first", async () => {
    const answers = { an: new Deferred(), ana: new Deferred() };
    await mountSearch((text) => answers[text]);
    await find("an");
    await find("ana");
    answers.ana.resolve([PEOPLE[1]]);
    await animationFrame();
    answers.an.reject(new Error("late"));
    await animationFrame();
    expect(queryAllTexts(`${OPTION} strong`)).toEqual(["Anabel"]);
    expect.verifySteps(["search an", "search ana"]);
});

test("a failure of an earlier search is not told as one of the later", async () => {
    const answers = { an: new Deferred(), ana: new Deferred() };
    await mountSearch((text) => answers[text]);
    await find("an");
    await find("ana");
    answers.ana.resolve([]);
    answers.an.reject(new Error("late"));
    await animationFrame();
    expect(OPTION).toHaveText("Nobody has this code or name.");
    expect.verifySteps(["search an", "search ana"]);
});

test("nobody found, and a search that failed", async () => {
    const answers = [[], Promise.reject(new Error("offline"))];
    answers[1].catch(() => {});
    await mountSearch(() => answers.shift());
    await find("x");
    expect(OPTION).toHaveText("Nobody has this code or name.");
    await find("xy");
    expect(OPTION).toHaveText("The search did not work. Try again.");
    await key("Enter");
    expect.verifySteps(["search x", "search xy"]);
});
