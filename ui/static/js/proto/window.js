// A window on one chat's history, as pure functions. It stays without holes: what can't be joined to it is left out. A few messages
// beyond either end are held ready, so that a page of them is drawn in small steps; `more` and `newer` say that an end of what is
// drawn isn't an end of the chat.

/** @import {HistoryWindow, Message, Page, Event} from '../../../types' */

/** As many messages are drawn at most, */
export const THREAD_MAX = 200
/** as many are drawn at first, */
export const BEGIN = 30
/** so many more at once, */
export const STEP = 10
/** and so many are held ready at either end. */
export const SPARE = 100

/** @type {HistoryWindow} */
const EMPTY = { items: [], above: [], below: [], further: false, later: false, more: false, newer: false, loading: 'first', failed: '', stale: false, touched: new Map() }

/** A thread whose first page is on its way. @returns {HistoryWindow} */
export const opened = () => EMPTY

/** @param {HistoryWindow} t @param {HistoryWindow['loading']} loading @returns {HistoryWindow} */
export const loading = (t, loading) => ({ ...t, loading, failed: '', touched: new Map() })

/** @param {HistoryWindow} t @returns {HistoryWindow} */
export const failed = (t) => ({ ...t, loading: '', failed: t.loading })

/** What was asked for isn't there: the window stays what it is. @param {HistoryWindow} t @returns {HistoryWindow} */
export const kept = (t) => ({ ...t, loading: '' })

/** @param {HistoryWindow} t @returns {HistoryWindow} */
const ends = (t) => ({ ...t, more: t.above.length > 0 || t.further, newer: t.below.length > 0 || t.later })

/**
 * After events were missed: what is on screen stays until the same part of the chat was read again, the rest is let go.
 * @param {ReadonlyMap<number, HistoryWindow>} windows
 * @param {number} who whose chat is on screen
 * @returns {ReadonlyMap<number, HistoryWindow>}
 */
export function missed(windows, who) {
  const t = windows.get(who)
  return new Map(t?.items.length ? [[who, { ...t, loading: '', failed: '', stale: true }]] : [])
}

/**
 * The first page, or one that replaces everything.
 * @param {HistoryWindow} t
 * @param {Page} page
 * @param {boolean} newer there are newer ones than it holds
 * @param {number} [at] the place that is looked at; the end unless it is given
 * @param {number} [drawn] as many are drawn around it
 * @returns {HistoryWindow}
 */
export function first(t, page, newer, at = Infinity, drawn = BEGIN) {
  const all = settle(t, page.messages)
  if (!newer) append(all, t)
  const middle = all.findIndex((m) => m.seq >= at)
  const end = middle < 0 ? all.length : Math.min(all.length, middle + Math.ceil(drawn * 2 / 3))
  const start = Math.max(0, end - drawn)
  return ends({ ...EMPTY, items: all.slice(start, end), above: all.slice(0, start), below: all.slice(end), further: page.more, later: newer, loading: '' })
}

/**
 * Whether the first message after one is drawn, or comes at the end: what stands before it is known then, too.
 * @param {HistoryWindow} t @param {number} seq
 */
export const holdsAfter = (t, seq) => (t.above.at(-1)?.seq ?? (t.further ? Infinity : 0)) <= seq || (t.items[0]?.seq ?? 0) <= seq + 1

/** The first of what is held. @param {HistoryWindow} t */
export const oldest = (t) => (t.above[0] ?? t.items[0])?.seq ?? Infinity
/** The last. @param {HistoryWindow} t */
export const newest = (t) => (t.below.at(-1) ?? t.items.at(-1))?.seq ?? 0

/**
 * A page that ends before all that is held. What changed its beginning meanwhile would leave a hole: then it is asked for again.
 * @param {HistoryWindow} t
 * @param {Page} page
 * @param {number} before what it was asked for
 * @returns {HistoryWindow}
 */
export function older(t, page, before) {
  const start = oldest(t)
  if (start !== before) return kept(t)
  const above = [...settle(t, page.messages.filter((m) => m.seq < start)), ...t.above]
  return ends({ ...t, above, further: page.more, loading: '' })
}

/**
 * A page that begins after all that is held.
 * @param {HistoryWindow} t
 * @param {Page} page
 * @param {number} after what it was asked for
 * @returns {HistoryWindow}
 */
export function newer(t, page, after) {
  const end = newest(t)
  if (end !== after) return kept(t)
  const below = [...t.below, ...settle(t, page.messages.filter((m) => m.seq > end))]
  if (!page.more) append(below, t)
  return ends({ ...t, below, later: page.more, loading: '' })
}

/** Draws a few more of those that are held ready above; what no longer fits at the other end is held ready there. @param {HistoryWindow} t @returns {HistoryWindow} */
export function up(t) {
  const items = [...t.above.slice(-STEP), ...t.items]
  const over = items.splice(THREAD_MAX)
  const below = [...over, ...t.below]
  return ends({ ...t, items, above: t.above.slice(0, -STEP), below: below.slice(0, SPARE), later: t.later || below.length > SPARE })
}

/** @param {HistoryWindow} t @returns {HistoryWindow} */
export function down(t) {
  const items = [...t.items, ...t.below.slice(0, STEP)]
  const over = items.splice(0, Math.max(0, items.length - THREAD_MAX))
  const above = [...t.above, ...over]
  return ends({ ...t, items, below: t.below.slice(STEP), above: above.slice(-SPARE), further: t.further || above.length > SPARE })
}

/**
 * Only the newest messages, for a chat that was left. A window that isn't at the end is of no use then.
 * @param {HistoryWindow} t
 * @returns {HistoryWindow | undefined}
 */
export function left(t) {
  if (t.newer || t.loading || t.failed || t.stale) return undefined
  const above = [...t.above, ...t.items.slice(0, -BEGIN)]
  return ends({ ...t, items: t.items.slice(-BEGIN), above: above.slice(-SPARE), further: t.further || above.length > SPARE })
}

/** What is here of one's own under a client's name. @param {HistoryWindow | undefined} t @param {string} cid @param {number} me */
export const named = (t, cid, me) => t && [t.items, t.below, t.above].flat().find((m) => m.cid === cid && m.user === me)

/**
 * @param {HistoryWindow} t
 * @param {Event} e
 * @returns {HistoryWindow}
 */
export function follow(t, e) {
  const { message } = e
  const seq = message?.seq ?? e.seq ?? 0
  if (e.kind === 'removed') return mark(ends(without(t, seq)), seq, null)
  if (!message) return t
  for (const part of /** @type {const} */ (['items', 'above', 'below'])) {
    if (t[part].some((m) => m.seq === seq)) return mark({ ...t, [part]: t[part].map((m) => m.seq === seq ? message : m) }, seq, message)
  }
  return mark(e.kind === 'message' ? arrive(t, message) : t, seq, message)
}

/** @param {HistoryWindow} t @param {Message} m @returns {HistoryWindow} */
function arrive(t, m) {
  if (t.newer) return { ...t, later: true }
  if ((t.loading === 'first' && !t.items.length) || m.seq <= (t.items.at(-1)?.seq ?? 0)) return t
  return down({ ...t, below: [m] })
}

/** @param {HistoryWindow} t @param {number} seq @returns {HistoryWindow} */
function without(t, seq) {
  const rest = (/** @type {readonly Message[]} */ all) => all.some((m) => m.seq === seq) ? all.filter((m) => m.seq !== seq) : all
  return { ...t, items: rest(t.items), above: rest(t.above), below: rest(t.below) }
}

/**
 * While a page is on its way, events may know better than it will.
 * @param {HistoryWindow} t
 * @param {number} seq
 * @param {Message | null} message
 * @returns {HistoryWindow}
 */
function mark(t, seq, message) {
  return t.loading ? { ...t, touched: new Map(t.touched).set(seq, message) } : t
}

/**
 * @param {HistoryWindow} t
 * @param {Message[]} messages
 * @returns {Message[]}
 */
function settle(t, messages) {
  return messages.filter((m) => t.touched.get(m.seq) !== null).map((m) => t.touched.get(m.seq) ?? m)
}

/**
 * Adds what arrived behind the page's end while it was on its way.
 * @param {Message[]} items
 * @param {HistoryWindow} t
 */
function append(items, t) {
  const end = items.at(-1)?.seq ?? 0
  const late = [...t.touched.values()].filter((m) => m !== null && m.seq > end)
  items.push(.../** @type {Message[]} */ (late).sort((a, b) => a.seq - b.seq))
}
