// How long to wait before the next try: full jitter, so that a thousand browsers that lost the
// same server do not come back in the same second.

const FIRST = 1_000;
const LONGEST = 30_000;

export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10));
}
