/** Addresses and pages belong to each other. */
import { describe, expect, it } from "vitest";
import { conversationPath, filters, listPath, parse, settingsPath } from "../src/router.ts";

describe("an address", () => {
  it.each([
    ["/", { page: "list", filter: "all", inbox: null }],
    ["/?filter=mine", { page: "list", filter: "mine", inbox: null }],
    ["/?filter=nonsense&inbox=shop", { page: "list", filter: "all", inbox: "shop" }],
    ["/c/abc", { page: "conversation", id: "abc" }],
    ["/c/a%2Fb", { page: "conversation", id: "a/b" }],
    ["/c/%E0%A4%A", { page: "conversation", id: "%E0%A4%A" }],
    ["/settings", { page: "settings", section: "profile", id: null }],
    ["/settings/inboxes/new", { page: "settings", section: "inboxes", id: "new" }],
    ["/settings/requests/abc", { page: "settings", section: "requests", id: "abc" }],
    ["/settings/secrets", { page: "nowhere" }],
    ["/sign-in", { page: "sign-in" }],
    ["/join", { page: "join" }],
    ["/join/me", { page: "nowhere" }],
    ["/c", { page: "nowhere" }],
    ["/wp-admin", { page: "nowhere" }],
  ])("%s is read", (address, route) => {
    expect(parse(address)).toEqual(route);
  });
});

describe("a page", () => {
  it("has the address that is read as this page", () => {
    for (const filter of filters) {
      for (const inbox of [null, "shop & more"]) {
        expect(parse(listPath(filter, inbox))).toEqual({ page: "list", filter, inbox });
      }
    }
    expect(parse(conversationPath("a/b?c"))).toEqual({ page: "conversation", id: "a/b?c" });
    expect(parse(settingsPath("inboxes", "x/y"))).toEqual({
      page: "settings",
      section: "inboxes",
      id: "x/y",
    });
  });
});
