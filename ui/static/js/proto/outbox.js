// What I wrote and the host hasn't acknowledged. It is kept on disk before it is sent, goes out in the order in which it was
// written, and leaves only by its ack or by the message itself coming back. A refusal that will pass (`rate` and the like) holds
// everything behind it: the host keeps the way closed until the refused cid comes again.

/** @import {Clock, Entry, OutboxStore, Frame, Ack, Refusal, Message, Quote} from '../../../types' */

const AT_ONCE = 16
const PASSING = new Set(['rate', 'storage_full', 'unavailable'])
const PAUSE = 2_000
const OVERDUE = 4_000

/**
 * @typedef {object} OutboxOptions
 * @property {OutboxStore} store
 * @property {Clock} clock
 * @property {() => number} now the host's clock, as far as it is known
 * @property {string} tab this tab's name; other tabs' entries are left alone while those tabs live
 * @property {(tabs: string[]) => Promise<Set<string>>} alive which of these tabs still answer
 * @property {() => string} newCid
 * @property {(frame: Frame) => boolean} send
 * @property {() => void} onChange
 * @property {() => void} onUnkept what waits lives as long as the tab
 * @property {() => void} onOverdue an answer takes too long: is the socket alive?
 */

/** @param {OutboxOptions} o */
export function createOutbox(o) {
  /** @type {Entry[]} in the order of sending */
  let queue = []
  /** @type {Set<string>} sent on this socket, not yet answered */
  const flying = new Set()
  /** @type {Set<string>} not on disk yet */
  const writing = new Set()
  let live = false
  let ready = false
  let asked = false
  let last = 0
  /** after a refusal one goes ahead alone */
  let width = AT_ONCE
  /** @type {any} */
  let pause = null
  let held = false
  /** @type {any} */
  let watch = null

  const find = (/** @type {string | undefined} */ cid) => queue.find((e) => e.cid === cid)

  /** @param {Entry} e @param {Partial<Entry>} to */
  function set(e, to) {
    const next = { ...e, ...to }
    queue = queue.map((x) => x.cid === e.cid ? next : x)
    return next
  }

  /** @param {Entry} e */
  async function save(e) {
    writing.add(e.cid)
    await o.store.put(e).catch(o.onUnkept)
    writing.delete(e.cid)
    pump()
  }

  function pump() {
    if (!live || !ready || held) return
    for (const e of queue) {
      if (flying.size >= width) break
      if (e.state === 'failed' || e.state === 'done' || flying.has(e.cid)) continue
      if (writing.has(e.cid) || !o.send(frame(e))) break
      flying.add(e.cid)
      set(e, { state: 'sending', tried: true, code: undefined })
    }
    o.clock.clear(watch)
    if (flying.size) watch = o.clock.set(overdue, OVERDUE)
    o.onChange()
  }

  function overdue() {
    o.onOverdue()
    if (flying.size) watch = o.clock.set(overdue, OVERDUE)
  }

  /** @param {string} cid */
  function drop(cid) {
    queue = queue.filter((e) => e.cid !== cid)
    flying.delete(cid)
    o.store.remove(cid).catch(() => {})
  }

  /** @param {Entry} e @param {Refusal} r */
  function hold(e, r) {
    set(e, { state: 'waiting', code: r.code })
    width = 1
    if (held) return
    held = true
    pause = o.clock.set(release, Math.max(r.retry_after ?? PAUSE, 100))
  }

  /** Everything behind the refused one is refused as well; its answers come first. */
  function release() {
    pause = null
    held = flying.size > 0
    pump()
  }

  return {
    entries: () => queue,

    /** Takes over what this browser kept: that of tabs which are gone and, the first time, what this one kept of an earlier session. */
    async adopt() {
      const first = !asked
      asked = true
      try {
        const names = [...new Set((await o.store.all()).map((e) => e.tab))]
        const others = names.filter((t) => t !== o.tab)
        const alive = others.length ? await o.alive(others) : new Set()
        for (const tab of names.filter((t) => t === o.tab ? first : !alive.has(t))) {
          const moved = (await o.store.claim(tab, o.tab)).filter((e) => !find(e.cid)).sort((a, b) => a.n - b.n)
          queue = [...moved.map((e) => /** @type {Entry} */ ({ ...e, tried: true, state: e.state === 'failed' ? 'failed' : 'waiting' })), ...queue]
        }
      } catch { /* no disk here: what is written lives as long as the tab */ }
      ready = true
      pump()
    },

    /** @param {number} to @param {string} content @param {Quote} [quote] what it answers */
    add(to, content, quote) {
      last = Math.max(last + 1, o.clock.now(), (queue.at(-1)?.n ?? 0) + 1)
      /** @type {Entry} */
      const e = { cid: o.newCid(), to, content, date: o.now(), n: last, tab: o.tab, state: 'waiting', ...(quote ? { reply: quote.seq, quote } : {}) }
      queue = [...queue, e]
      save(e)
      o.onChange()
      return e.cid
    },

    /** What was made elsewhere, a message whose files are whole or one that is handed on, goes out behind everything else.
     * @param {Omit<Entry, 'n' | 'tab' | 'state'>} what @returns {Promise<void>} when it is kept */
    async give(what) {
      if (find(what.cid)) return
      last = Math.max(last + 1, o.clock.now(), (queue.at(-1)?.n ?? 0) + 1)
      /** @type {Entry} */
      const e = { ...what, n: last, tab: o.tab, state: 'waiting' }
      queue = [...queue, e]
      o.onChange()
      await save(e)
    },

    up() {
      live = true
      pump()
    },

    down() {
      live = held = false
      width = AT_ONCE
      flying.clear()
      o.clock.clear(pause)
      o.clock.clear(watch)
      queue = queue.map((e) => e.state === 'sending' ? { ...e, state: 'waiting' } : e)
      o.onChange()
    },

    /** @param {Ack} a @returns {Entry | undefined} what it was, the first time */
    ack(a) {
      flying.delete(a.cid)
      const e = find(a.cid)
      if (!e || e.state === 'done') return undefined
      width = AT_ONCE
      o.store.remove(a.cid).catch(() => {})
      const done = set(e, { state: 'done', ev: a.ev, date: a.date })
      if (held && pause === null) release()
      else pump()
      return done
    },

    /** @param {Refusal} r */
    error(r) {
      const e = find(r.cid)
      if (!e) return
      flying.delete(e.cid)
      if (PASSING.has(r.code)) hold(e, r)
      else save(set(e, { state: 'failed', code: r.code }))
      if (held && pause === null) release()
      o.onChange()
    },

    /** A message of mine came as an event. @param {Message} m @returns {boolean} whether it still waited here, for the event is as good as the ack */
    came(m) {
      if (!find(m.cid)) return false
      drop(m.cid)
      pump()
      return true
    },

    /** Acknowledged ones whose event is behind me. @param {number} ev */
    reached(ev) {
      if (queue.some((e) => e.state === 'done' && (e.ev ?? 0) <= ev)) queue = queue.filter((e) => e.state !== 'done' || (e.ev ?? 0) > ev)
    },

    /** Once more, behind everything else. @param {string} cid */
    retry(cid) {
      const e = find(cid)
      if (e?.state !== 'failed') return
      last = Math.max(last + 1, o.clock.now(), (queue.at(-1)?.n ?? 0) + 1)
      const next = set(e, { state: 'waiting', code: undefined, n: last })
      queue = [...queue.filter((x) => x.cid !== cid), next]
      save(next)
    },

    /** Only what failed, or surely never left. @param {string} cid @returns {boolean} whether it was that */
    withdraw(cid) {
      const e = find(cid)
      if (!e || (e.state !== 'failed' && e.tried)) return false
      drop(cid)
      o.onChange()
      pump()
      return true
    },

    /** What was withdrawn, as it was. @param {Entry} e */
    restore(e) {
      if (find(e.cid)) return
      queue = [...queue, e].sort((a, b) => a.n - b.n)
      save(e)
      o.onChange()
    },

    async clear() {
      queue = []
      await o.store.clear().catch(() => {})
    },
  }
}

/** @param {Entry} e @returns {Frame} */
function frame(e) {
  return { type: 'send', cid: e.cid, to: e.to, content: e.content, ...(e.reply ? { reply: e.reply } : {}), ...(e.files ? { files: e.files } : {}) }
}

/** @typedef {ReturnType<typeof createOutbox>} Outbox */
