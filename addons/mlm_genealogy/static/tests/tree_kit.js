/** A card as the server describes it. */
export function card(id, values = {}) {
    return {
        id,
        person: 100 + id,
        name: `Person ${id}`,
        code: `P${id}`,
        kind: "distributor",
        state: "active",
        closed: false,
        children: 0,
        frontline: 0,
        branch: { count: 0 },
        ...values,
    };
}

export const LEGEND = {
    can_place: false,
    colours: ["state"],
    states: { active: "Active", suspended: "Suspended", deceased: "Deceased" },
};

/** An answer with cards; `below` are the pages of children by card. */
export function answer(cards, below = {}, values = {}) {
    const children = Object.entries(below).map(([id, page]) => [id, listed(page)]);
    return {
        tops: cards.length ? [cards[0].id] : [],
        cards: Object.fromEntries(cards.map((one) => [one.id, one])),
        children: Object.fromEntries(children),
        upline: [],
        legend: LEGEND,
        at: false,
        focus: false,
        ...values,
    };
}

function listed(page) {
    const { ids } = page;
    return { slots: ids.map((_id, index) => index + 1), total: ids.length, next: false, ...page };
}

export const SPONSOR = { id: false, name: "Sponsors", kind: "sponsor", width: 0 };
export const BINARY = { id: 7, name: "Binary", kind: "binary", width: 2 };
export const MATRIX = { id: 8, name: "Matrix", kind: "matrix", width: 3 };

/** An `api` that answers with what it is given, in order; it keeps what it was asked. */
export class TreeApi {
    constructor(...answers) {
        this.answers = answers;
        this.asked = [];
    }

    async next(call, values) {
        this.asked.push({ call, ...values });
        const found = await this.answers.shift();
        if (found instanceof Error) {
            throw found;
        }
        return found;
    }

    page(values) {
        return this.next("page", values);
    }

    path(values) {
        return this.next("path", values);
    }
}

/** What the server says when it refuses. */
export function refusal(message) {
    return Object.assign(new Error("RPC_ERROR"), { data: { message } });
}
