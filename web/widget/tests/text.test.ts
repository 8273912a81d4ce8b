// What people write is shown as it is; only web addresses become links.

import type { VNode } from "preact";
import { expect, test } from "vitest";
import { linked } from "../src/text.tsx";

function links(text: string): string[] {
  return linked(text).flatMap((part) => {
    const node = part as VNode<{ href: string; children: string; rel: string }>;
    return typeof part === "string" ? [] : [node.props.href];
  });
}

function plain(text: string): string {
  return linked(text)
    .map((part) => (typeof part === "string" ? part : (part as VNode).props.children))
    .join("");
}

test("addresses are found and the punctuation around them is not", () => {
  expect(links("See https://shop.example/lamp?id=1#red, or (http://b.example/x).")).toEqual([
    "https://shop.example/lamp?id=1#red",
    "http://b.example/x",
  ]);
  expect(links("参考https://shop.example/灯。谢谢")).toEqual(["https://shop.example/灯"]);
});

test("nothing else becomes a link", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://",
    "JaVaScRiPt://x%0aalert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "mailto:ana@shop.example",
  ]) {
    expect(links(text)).toEqual([]);
  }
});

test("every character stays where it was", () => {
  const text = 'a <b> & "c" https://x.example/?q=<script> \n  d https://y.example';
  expect(plain(text)).toBe(text);
});

test("a link says nothing about where it was found", () => {
  const [, link] = linked("https://x.example");
  expect((link as VNode<{ rel: string }>).props.rel).toBe("noopener noreferrer nofollow ugc");
});
