// What the loader on the company's page and the frame on ours tell each other. Both ends check the
// exact origin and the very window it came from; nothing here is secret except the identity, which
// the company's own server computed and which goes to our origin only.

import type { Identity } from "../../wire/wire.ts";

export type ToFrame =
  | {
      silkroad: "hello";
      open: boolean;
      page: string;
      language: string | null;
      identity: Identity | null;
    }
  | { silkroad: "open"; page: string }
  | { silkroad: "close" }
  | { silkroad: "language"; language: string }
  /** null: the customer signed out of the company's page. */
  | { silkroad: "identify"; identity: Identity | null };

export type ToPage =
  | { silkroad: "look"; color: string; name: string; language: string }
  | { silkroad: "unread"; count: number }
  /** There is a conversation to come back to; the loader may fetch the frame on the next page. */
  | { silkroad: "known"; known: boolean }
  | { silkroad: "close" };
