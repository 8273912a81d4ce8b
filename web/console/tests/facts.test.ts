/** A stale screen plus the facts equals a fresh screen. */
import { describe, expect, it } from "vitest";
import type { Fact } from "../src/store/facts.ts";
import { conversationsIn } from "../src/store/lists.ts";
import { reduce } from "../src/store/reduce.ts";
import { noDoubts, type State } from "../src/store/state.ts";
import { asArta, asBesnik, signedIn, visitor } from "./cast.ts";
import { World } from "./world.ts";

const list = { filter: "all", inbox: null } as const;
const ids = ["order", "tea", "books"];

/** Loads everything as a browser does that opens the console now. */
function fresh(world: World): State {
  const facts: Fact[] = [
    { t: "page", list, page: world.page() },
    { t: "counts", counts: world.counts() },
    ...ids.map(
      (id): Fact => ({
        t: "messages",
        conversation: id,
        page: { items: world.messages.get(id) ?? [], more: false },
        older: false,
      }),
    ),
  ];
  return facts.reduce(reduce, signedIn);
}

/** A known order of chances, so that a failure can be looked at again. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function live(world: World, chance: (below: number) => number) {
  const id = ids[chance(ids.length)] ?? "order";
  const deeds = [
    () => world.say(id, visitor),
    () => world.say(id, asArta),
    () => world.say(id, asBesnik),
    () => world.note(id, asBesnik),
    () => world.assign(id, [null, "arta", "besnik"][chance(3)] ?? null),
    () => world.setState(id, (["open", "closed", "snoozed"] as const)[chance(3)] ?? "open"),
    () => world.readByArta(id, 1 + chance(world.conversations.get(id)?.last_seq ?? 1)),
    () => world.readByVisitor(id),
  ];
  deeds[chance(deeds.length)]?.();
}

function world(): World {
  const made = new World();
  for (const id of ids) made.begin(id);
  made.facts = [];
  return made;
}

describe("a stale screen and the facts", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("equal a fresh screen (life %i)", (seed) => {
    const chance = chances(seed * 7919);
    const teahouse = world();
    let screen = fresh(teahouse);
    for (let deed = 0; deed < 200; deed++) {
      live(teahouse, chance);
      screen = teahouse.facts.splice(0).reduce(reduce, screen);
      const wanted = fresh(teahouse);
      expect(screen.conversations).toEqual(wanted.conversations);
      expect(screen.threads).toEqual(wanted.threads);
      expect(screen.counts).toEqual(wanted.counts);
      expect(conversationsIn(screen, list)).toEqual(conversationsIn(wanted, list));
    }
    expect(screen.doubts).toEqual(noDoubts);
  });

  it("stay equal when facts are told twice", () => {
    const teahouse = world();
    const before = fresh(teahouse);
    const chance = chances(42);
    for (let deed = 0; deed < 60; deed++) live(teahouse, chance);
    const once = teahouse.facts.reduce(reduce, before);
    const twice = teahouse.facts.filter((fact) => fact.t !== "conversation").reduce(reduce, once);
    expect(twice.conversations).toEqual(once.conversations);
    expect(twice.threads).toEqual(once.threads);
    expect(twice.counts).toEqual(once.counts);
  });

  it("do not turn back when a picture loaded earlier arrives late", () => {
    const teahouse = world();
    const before = fresh(teahouse);
    const late = { t: "page", list, page: teahouse.page() } as const;
    teahouse.say("order", visitor, "Is it organic?");
    const screen = teahouse.facts.reduce(reduce, before);
    expect(reduce(screen, late).conversations).toEqual(screen.conversations);
  });
});

describe("what a fact leaves open", () => {
  it("is asked for: a message in a conversation that is not loaded", () => {
    const teahouse = world();
    const screen: State = { ...fresh(teahouse), conversations: new Map() };
    teahouse.say("tea", visitor);
    const after = teahouse.facts.reduce(reduce, screen);
    expect(after.doubts.conversations).toEqual(new Set(["tea"]));
    expect(after.doubts.counts).toBe(true);
  });

  it("is settled by looking, also when the conversation is gone", () => {
    const screen: State = {
      ...fresh(world()),
      doubts: { ...noDoubts, conversations: new Set(["tea", "erased"]) },
    };
    const found = screen.conversations.get("tea");
    const after = reduce(screen, {
      t: "looked_up",
      conversations: found ? [found] : [],
      gone: ["erased"],
    });
    expect(after.doubts.conversations.size).toBe(0);
    expect(after.conversations.has("erased")).toBe(false);
  });

  it("is everything after a gap, and a restart settles it without losing what waits to be sent", () => {
    const teahouse = world();
    const waiting = {
      client_id: "0123456789abcdef",
      conversation_id: "order",
      text: "On its way",
      note: false,
      mentions: [],
      files: [],
      at: 1,
      failed: null,
    };
    const screen = [{ t: "queued", pending: waiting } as const, { t: "gap" } as const].reduce(
      reduce,
      fresh(teahouse),
    );
    expect(screen.doubts.everything).toBe(true);
    const after = reduce(screen, {
      t: "restart",
      restart: { list, page: teahouse.page(), counts: teahouse.counts(), open: null },
    });
    expect(after.doubts).toEqual(noDoubts);
    expect(after.pending).toEqual([waiting]);
    expect(after.conversations).toEqual(fresh(teahouse).conversations);
  });
});
