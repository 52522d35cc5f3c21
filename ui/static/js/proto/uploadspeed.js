// How fast files go: bytes a second over the last seconds, so that one slow part doesn't make the rest of the time jump.

const OVER = 5_000

/** @param {import('../../../types').Clock} clock */
export function uploadSpeed(clock) {
  /** @type {Map<string, {when: number, at: number}[]>} */
  const seen = new Map()
  return {
    /** @param {string} key @param {number} at bytes that are there */
    tell(key, at) {
      const now = clock.now()
      const all = seen.get(key) ?? []
      // The last one stays however old it is: where it is slow, none is nearer.
      seen.set(key, [...all.filter((s, i) => i === all.length - 1 || now - s.when <= OVER), { when: now, at }])
    },
    /** @param {string} key */
    forget(key) {
      seen.delete(key)
    },
    /** @param {string[]} keys @returns {number} 0 while that isn't known */
    speed(keys) {
      let sum = 0
      for (const key of keys) {
        const all = seen.get(key) ?? []
        const span = (all.at(-1)?.when ?? 0) - (all[0]?.when ?? 0)
        if (span > 0) sum += ((all.at(-1)?.at ?? 0) - all[0].at) / span * 1000
      }
      return sum
    },
  }
}
