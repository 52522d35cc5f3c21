// A window on one chat's history, as pure functions. It stays without holes: what can't be joined to it is left out, and
// `newer` says that its end isn't the end of the chat.

/** @import {Thread, Message, Page, Event} from '../../../types' */

/** As many messages are held, and drawn, at most. */
export const THREAD_MAX = 200

/** @type {Thread} */
const EMPTY = { items: [], more: false, newer: false, loading: 'first', failed: '', stale: false, touched: new Map() }

/** A thread whose first page is on its way. @returns {Thread} */
export const opened = () => EMPTY

/** @param {Thread} t @param {Thread['loading']} loading @returns {Thread} */
export const loading = (t, loading) => ({ ...t, loading, failed: '', touched: new Map() })

/** @param {Thread} t @returns {Thread} */
export const failed = (t) => ({ ...t, loading: '', failed: t.loading })

/** What was asked for isn't there: the window stays what it is. @param {Thread} t @returns {Thread} */
export const kept = (t) => ({ ...t, loading: '' })

/**
 * After events were missed: what is on screen stays until the same part of the chat was read again, the rest is let go.
 * @param {ReadonlyMap<number, Thread>} threads
 * @param {number} who whose chat is on screen
 * @returns {ReadonlyMap<number, Thread>}
 */
export function missed(threads, who) {
  const t = threads.get(who)
  return new Map(t?.items.length ? [[who, { ...t, loading: '', failed: '', stale: true }]] : [])
}

/**
 * The first page, or one that replaces everything.
 * @param {Thread} t
 * @param {Page} page
 * @param {boolean} newer
 * @returns {Thread}
 */
export function first(t, page, newer) {
  const items = settle(t, page.messages)
  if (!newer) append(items, t)
  return { items, more: page.more, newer, loading: '', failed: '', stale: false, touched: new Map() }
}

/**
 * A page that ends before the window.
 * @param {Thread} t
 * @param {Page} page
 * @returns {Thread}
 */
export function older(t, page) {
  const start = t.items[0]?.seq ?? Infinity
  const items = [...settle(t, page.messages.filter((m) => m.seq < start)), ...t.items]
  const cut = items.length > THREAD_MAX
  return { ...t, items: cut ? items.slice(0, THREAD_MAX) : items, more: page.more, newer: t.newer || cut, loading: '' }
}

/**
 * A page that begins after the window.
 * @param {Thread} t
 * @param {Page} page
 * @returns {Thread}
 */
export function newer(t, page) {
  const end = t.items.at(-1)?.seq ?? 0
  const items = [...t.items, ...settle(t, page.messages.filter((m) => m.seq > end))]
  if (!page.more) append(items, t)
  const cut = items.length > THREAD_MAX
  return { ...t, items: cut ? items.slice(-THREAD_MAX) : items, more: t.more || cut, newer: page.more, loading: '' }
}

/**
 * Only the newest `keep` messages, for a chat that was left. A window that isn't at the end is of no use then.
 * @param {Thread} t
 * @param {number} keep
 * @returns {Thread | undefined}
 */
export function left(t, keep) {
  if (t.newer || t.loading || t.failed || t.stale) return undefined
  return t.items.length > keep ? { ...t, items: t.items.slice(-keep), more: true } : t
}

/**
 * @param {Thread} t
 * @param {Event} e
 * @returns {Thread}
 */
export function follow(t, e) {
  if (e.kind === 'removed') return mark({ ...t, items: t.items.filter((m) => m.seq !== e.seq) }, e.seq ?? 0, null)
  const message = e.message
  if (!message) return t
  const at = t.items.findIndex((m) => m.seq === message.seq)
  if (at >= 0) return mark({ ...t, items: t.items.with(at, message) }, message.seq, message)
  const end = t.items.at(-1)?.seq ?? 0
  const fits = e.kind === 'message' && !t.newer && (t.loading !== 'first' || t.items.length > 0) && message.seq > end
  return mark(fits ? { ...t, items: trim([...t.items, message]), more: t.more || t.items.length >= THREAD_MAX } : t, message.seq, message)
}

/** @param {Message[]} items */
const trim = (items) => items.length > THREAD_MAX ? items.slice(-THREAD_MAX) : items

/**
 * While a page is on its way, events may know better than it will.
 * @param {Thread} t
 * @param {number} seq
 * @param {Message | null} message
 * @returns {Thread}
 */
function mark(t, seq, message) {
  return t.loading ? { ...t, touched: new Map(t.touched).set(seq, message) } : t
}

/**
 * @param {Thread} t
 * @param {Message[]} messages
 * @returns {Message[]}
 */
function settle(t, messages) {
  return messages.filter((m) => t.touched.get(m.seq) !== null).map((m) => t.touched.get(m.seq) ?? m)
}

/**
 * Adds what arrived behind the page's end while it was on its way.
 * @param {Message[]} items
 * @param {Thread} t
 */
function append(items, t) {
  const end = items.at(-1)?.seq ?? 0
  const late = [...t.touched.values()].filter((m) => m !== null && m.seq > end)
  items.push(.../** @type {Message[]} */ (late).sort((a, b) => a.seq - b.seq))
}
