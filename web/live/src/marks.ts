// Read marks: the newest per conversation, at most one frame every quarter of a second, and again
// on a new connection when the last one may have died with the old. A mark is a high-water mark, so
// saying it twice does no harm.

const PAUSE = 250;

export interface Marks {
  read(conversation: string, seq: number): void;
  /** A new connection is up. */
  flush(): void;
  lost(): void;
}

export function marks(send: (conversation: string, seq: number) => boolean): Marks {
  const waiting = new Map<string, number>();
  const told = new Map<string, number>(); // on the present connection
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const [conversation, seq] of waiting) {
      if (!send(conversation, seq)) return;
      told.set(conversation, seq);
      waiting.delete(conversation);
    }
  }

  return {
    read(conversation, seq) {
      const known = Math.max(waiting.get(conversation) ?? 0, told.get(conversation) ?? 0);
      if (seq <= known) return;
      waiting.set(conversation, seq);
      timer ??= setTimeout(flush, PAUSE);
    },
    flush,
    lost() {
      for (const [conversation, seq] of told) {
        waiting.set(conversation, Math.max(seq, waiting.get(conversation) ?? 0));
      }
      told.clear();
    },
  };
}
