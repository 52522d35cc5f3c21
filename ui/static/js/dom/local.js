// What this browser keeps between visits. Where it may keep nothing, a Map does until the page is closed.

/** @returns {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & {keys(): string[]}} */
export function localStore() {
  try {
    const it = window.localStorage
    it.setItem('duologue-try', '1')
    it.removeItem('duologue-try')
    return {
      getItem: (key) => it.getItem(key),
      // A full one forgets the newest: better than a page that stops.
      setItem: (key, value) => { try { it.setItem(key, value) } catch { /* as said */ } },
      removeItem: (key) => it.removeItem(key),
      keys: () => Object.keys(it),
    }
  } catch {
    /** @type {Map<string, string>} */
    const kept = new Map()
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => { kept.set(key, value) },
      removeItem: (key) => { kept.delete(key) },
      keys: () => [...kept.keys()],
    }
  }
}
