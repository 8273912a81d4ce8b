// What the visitor wrote and the server has not acknowledged, kept in the frame's own partition of
// the browser so that it survives a reload. Used only after the notice was accepted; an entry goes
// when its message is on the server's disk. Without storage the queue lives as long as the page.

import type { FileInfo } from "../../wire/wire.ts";
import { inbox } from "./api.ts";

export interface Waiting {
  id: string;
  visitor: string;
  at: number;
  text: string;
  files: FileInfo[];
}

const NAME = "outbox";

export const queue = {
  keep: (entry: Waiting) => change((store) => store.put(entry)),
  drop: (id: string) => change((store) => store.delete(id)),
  clear: () => change((store) => store.clear()),
  /** Oldest first; what another visitor left on this browser is thrown away after this. */
  async of(visitor: string): Promise<Waiting[]> {
    const all = (await change<Waiting[]>((store) => store.getAll())) ?? [];
    for (const entry of all) if (entry.visitor !== visitor) queue.drop(entry.id);
    return all.sort((a, b) => a.at - b.at);
  },
};

let opened: Promise<IDBDatabase> | undefined;

async function change<T>(act: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
  try {
    opened ??= open();
    const store = (await opened).transaction(NAME, "readwrite").objectStore(NAME);
    return await done<T>(act(store));
  } catch {
    return undefined; // private mode or a full disk: the message is still on its way in memory
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(`silkroad-${inbox}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(NAME, { keyPath: "id" });
  return done(request);
}

function done<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
