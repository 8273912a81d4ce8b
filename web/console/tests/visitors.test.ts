/** Where somebody is picked, everybody can be found: also whose chat is closed, or old. */
import { afterEach, expect, it, vi } from "vitest";
import { conversations } from "../src/operations.ts";
import { learnVisitors, talks } from "../src/visitors.ts";
import { conversation } from "./cast.ts";

const of = (id: string) => {
  const { visitor } = conversation();
  return conversation({ id, visitor: { ...visitor, id } });
};
const pages: Record<string, { items: ReturnType<typeof of>[]; next: string | null }> = {
  "all ": { items: [of("mira")], next: null },
  "closed ": { items: [of("noor")], next: "more" },
  "closed more": { items: [of("wei")], next: null },
};
const known = () => [...talks.value.keys()];

afterEach(() => {
  vi.restoreAllMocks();
});

it("learns the newest, then the older ones, and none twice", async () => {
  vi.spyOn(conversations, "list").mockImplementation(async ({ filter, cursor }) => {
    const page = pages[`${filter} ${cursor}`];
    if (!page) throw new Error(`nobody asks for ${filter} from "${cursor}"`);
    return page;
  });
  const older = await learnVisitors();
  expect(known()).toEqual(["mira", "noor"]);
  expect(older).toEqual({ closed: "more" });
  expect(await learnVisitors(older)).toEqual({});
  expect(known()).toEqual(["mira", "noor", "wei"]);
  await learnVisitors();
  expect(known()).toEqual(["mira", "noor"]);
});
