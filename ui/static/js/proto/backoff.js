// How long to wait before the next attempt: doubling, capped, spread so that a room full of pages doesn't come back at once.

const FIRST = 500
const LONGEST = 10_000

/**
 * @param {number} tries attempts that failed so far
 * @param {() => number} random 0…1
 * @returns {number} ms
 */
export function backoff(tries, random) {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(tries, 10))
  return Math.round(full * (0.5 + random() / 2))
}
