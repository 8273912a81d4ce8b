/** Days, groups, and the line above what is new. */
import { expect, it } from "vitest";
import { layout } from "../src/conversation/layout.ts";
import { asArta, message, morning, visitor } from "./cast.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const kinds = (lines: ReturnType<typeof layout>) => lines.map((line) => line.kind);

it("joins what one person says in one go, and parts it when somebody else speaks or time passes", () => {
  const lines = layout(
    [
      message({ seq: 1, at: morning }),
      message({ seq: 2, at: morning + minute }),
      message({ seq: 3, at: morning + 2 * minute, author: asArta }),
      message({ seq: 4, at: morning + 20 * minute, author: asArta }),
    ],
    [],
    null,
    asArta,
  );
  expect(kinds(lines)).toEqual(["day", "group", "group", "group"]);
  expect(lines[1]).toMatchObject({ author: visitor, entries: [{}, {}] });
});

it("begins each day with its name, and never joins a note with an answer", () => {
  const lines = layout(
    [
      message({ seq: 1, at: morning, author: asArta }),
      message({ seq: 1, at: morning, author: asArta, lane: "internal", kind: "note" }),
      message({ seq: 2, at: morning + day, author: asArta }),
    ],
    [],
    null,
    asArta,
  );
  expect(kinds(lines)).toEqual(["day", "group", "group", "day", "group"]);
  expect(lines[2]).toMatchObject({ note: true });
});

it("draws one line above the first message of the visitor that was not read", () => {
  const lines = layout(
    [1, 2, 3, 4].map((seq) =>
      message({ seq, at: morning + seq, author: seq === 2 ? asArta : visitor }),
    ),
    [],
    2,
    asArta,
  );
  expect(kinds(lines)).toEqual(["day", "group", "group", "new", "group"]);
});

it("shows what waits to be sent at the end, under the key that it keeps afterwards", () => {
  const pending = {
    client_id: "0123456789abcdef",
    conversation_id: "order",
    text: "It leaves today.",
    note: false,
    mentions: [],
    files: [],
    at: morning + minute,
    failed: null,
  };
  const before = layout([message()], [pending], null, asArta);
  const stored = message({
    seq: 2,
    at: morning + minute,
    author: asArta,
    client_id: pending.client_id,
  });
  const after = layout([message(), stored], [], null, asArta);
  expect(before.at(-1)).toMatchObject({
    author: asArta,
    entries: [{ key: pending.client_id, pending }],
  });
  expect(after.at(-1)?.key).toBe(before.at(-1)?.key);
});
