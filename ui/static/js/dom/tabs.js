// The tabs of this browser among themselves: which are alive, which care for what, and which of them does what only one should. Web
// Locks would be simpler, but are missing on plain http.

/** @import {Tabs} from '../../../types' */

/** How long a tab has to answer, ms. */
const WAIT = 300

/** A page that goes leaves its name here for the one that is loaded in its place: the storage is the browser tab's own. */
const LEFT = 'duologue-tab-left'

function before() {
  try {
    return sessionStorage.getItem(LEFT) ?? ''
  } catch {
    return ''
  }
}

/** @param {string} tab */
function leaveName(tab) {
  try {
    sessionStorage.setItem(LEFT, tab)
  } catch {}
}

/**
 * @param {string} tab this tab's name
 * @param {string} instance
 * @param {number} me
 * @returns {Tabs}
 */
export function tabsOf(tab, instance, me) {
  const channel = new BroadcastChannel(`duologue-tabs-${instance}-${me}`)
  const ended = new AbortController()
  /** @type {Set<string>} */
  const heard = new Set()
  const bye = () => channel.postMessage({ bye: tab })

  return {
    before: before(),
    alive: (tabs) => new Promise((resolve) => {
      for (const t of tabs) heard.delete(t)
      if (!ended.signal.aborted) channel.postMessage({ ask: tabs })
      setTimeout(() => resolve(new Set(tabs.filter((t) => heard.has(t)))), WAIT)
    }),
    took(cids) {
      if (!ended.signal.aborted) channel.postMessage({ took: cids })
    },
    cleared() {
      if (!ended.signal.aborted) channel.postMessage({ cleared: true })
    },
    join({ gone, took, cleared, back }) {
      channel.onmessage = ({ data }) => {
        if (data?.ask?.includes?.(tab)) channel.postMessage({ here: tab })
        else if (typeof data?.here === 'string') heard.add(data.here)
        else if (typeof data?.bye === 'string') gone(data.bye)
        else if (Array.isArray(data?.took)) took(data.took)
        else if (data?.cleared) cleared()
      }
      const { signal } = ended
      addEventListener('pagehide', () => {
        leaveName(tab)
        bye()
      }, { signal })
      addEventListener('pageshow', (e) => { if (e.persisted) back() }, { signal })
      document.addEventListener('resume', back, { signal })
    },
    leave() {
      bye()
      ended.abort()
      channel.close()
    },
  }
}

/** What a tab says of itself when a notice is due: whether it can make a sound, and whether somebody looks at it. @typedef {{ready: boolean, watched: boolean}} Bid */

/** @typedef {(key: string, bid: Bid) => Promise<{mine: boolean, watched: boolean}>} Elect mine: this tab is to do it; watched: somebody looks at one of them */

/** Long enough for all tabs to have heard of the same event, ms. */
const BIDDING = 150
const KEPT = 64

/**
 * One of this browser's tabs for each notice: all hear of the message at about the same time, say so, and find the same one among
 * them: one that can sound, else by name.
 * @param {string} tab
 * @returns {Elect}
 */
export function election(tab) {
  if (typeof BroadcastChannel === 'undefined') return async (_key, bid) => ({ mine: true, watched: bid.watched })
  const channel = new BroadcastChannel('duologue-notices')
  /** @type {Map<string, {bids: Map<string, Bid>, done: boolean}>} */
  const rounds = new Map()

  /** @param {string} key */
  function round(key) {
    let r = rounds.get(key)
    if (!r) rounds.set(key, r = { bids: new Map(), done: false })
    if (rounds.size > KEPT) rounds.delete(/** @type {string} */ (rounds.keys().next().value))
    return r
  }

  channel.onmessage = ({ data }) => {
    if (typeof data?.key !== 'string') return
    const r = round(data.key)
    if (data.done) r.done = true
    else if (typeof data.tab === 'string') r.bids.set(data.tab, { ready: data.ready === true, watched: data.watched === true })
  }
  return (key, bid) => new Promise((resolve) => {
    const r = round(key)
    r.bids.set(tab, bid)
    channel.postMessage({ key, tab, ...bid })
    setTimeout(() => {
      const [first] = [...r.bids].sort((a, b) => Number(b[1].ready) - Number(a[1].ready) || (a[0] < b[0] ? -1 : 1))
      const mine = !r.done && first[0] === tab
      if (mine) {
        r.done = true
        channel.postMessage({ key, done: true })
      }
      resolve({ mine, watched: [...r.bids.values()].some((b) => b.watched) })
    }, BIDDING)
  })
}
