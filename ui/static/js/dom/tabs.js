// Which of this browser's tabs are alive: each answers when asked. Web Locks would be simpler, but are missing on plain http.

const WAIT = 300

/**
 * @param {string} tab
 * @returns {(tabs: string[]) => Promise<Set<string>>}
 */
export function rollCall(tab) {
  if (typeof BroadcastChannel === 'undefined') return async () => new Set()
  const channel = new BroadcastChannel('duologue-tabs')
  /** @type {Set<string>} */
  const heard = new Set()
  channel.onmessage = (e) => {
    if (e.data?.ask?.includes?.(tab)) channel.postMessage({ here: tab })
    if (typeof e.data?.here === 'string') heard.add(e.data.here)
  }
  return (tabs) => new Promise((resolve) => {
    for (const t of tabs) heard.delete(t)
    channel.postMessage({ ask: tabs })
    setTimeout(() => resolve(new Set(tabs.filter((t) => heard.has(t)))), WAIT)
  })
}
