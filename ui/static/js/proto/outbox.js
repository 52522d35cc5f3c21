// What I wrote and the host hasn't acknowledged. It is kept on disk before it is sent, goes out in the order in which it was
// written, and leaves only by its ack or by the message itself coming back. A refusal that will pass (`rate` and the like) holds
// everything behind it: the host keeps the way closed until the refused cid comes again.
//
// What a socket can't carry, or what sockets broke at, goes by a call instead, alone: its answer says what is wrong with it.

/** @import {Clock, Outgoing, Frame, Ack, Kept, Refusal, Message, Quote} from '../../../types' */
/** @import {Custody} from './custody.js' */
import { wellFormed } from '../text/wellformed.js'
import { bare, fits, frameOf } from './frame.js'

const AT_ONCE = 16
const PASSING = new Set(['rate', 'storage_full', 'unavailable', 'offline', 'unauthorized'])
const PAUSE = 2_000
const OVERDUE = 4_000
/** So many sockets may break while an entry is the oldest in flight; then it goes by a call. */
const BREAKS = 2

/**
 * @typedef {object} OutboxOptions
 * @property {Pick<Custody, 'records'>} custody
 * @property {Clock} clock
 * @property {() => number} now the host's clock, as far as it is known
 * @property {() => string} newCid
 * @property {(frame: Frame) => boolean} send by the socket
 * @property {(frame: Frame) => void} call by a call; it ends in ack or error, as on the socket
 * @property {() => void} onChange
 * @property {() => void} onOverdue an answer takes too long: is the socket alive?
 */

/** @param {OutboxOptions} o */
export function createOutbox(o) {
  /** @type {Outgoing[]} in the order of sending */
  let queue = []
  /** @type {Map<string, Outgoing>} sent on this socket, not yet answered; another tab may have taken it over meanwhile */
  const inFlight = new Map()
  /** the one that goes by a call */
  let called = ''
  /** @type {Set<string>} not on disk yet */
  const writing = new Set()
  /** how many sockets broke at an entry @type {Map<string, number>} */
  const breaks = new Map()
  let live = false
  let ready = false
  let last = 0
  /** after a refusal one goes ahead alone */
  let width = AT_ONCE
  /** @type {any} */
  let pause = null
  let held = false
  /** the refused one that has to come again before the host takes others on this socket, whether or not it still waits here @type {Outgoing | null} */
  let refused = null
  /** @type {any} */
  let watch = null

  /** the ones that another tab took from this one and has still to send: nothing written later may overtake them @type {Map<string, number>} */
  const elsewhere = new Map()

  const records = o.custody.records('messages', /** @type {import('./custody.js').Handlers<Outgoing>} */ ({ taken, lost, seen }))
  const find = (/** @type {string | undefined} */ cid) => queue.find((e) => e.cid === cid)

  /** @param {Outgoing} next */
  function set(next) {
    queue = queue.map((e) => e.cid === next.cid ? next : e)
    return next
  }

  /** @param {Outgoing[]} entries left by tabs that are gone, or by an earlier session in this one */
  function taken(entries) {
    for (const e of entries) elsewhere.delete(e.cid)
    const moved = entries.filter((e) => !find(e.cid)).map((e) => /** @type {Outgoing} */ (e.state === 'failed' ? { ...e, tried: true } : { ...bare(e), tried: true, state: 'waiting' }))
    queue = ready ? [...queue, ...moved] : [...moved, ...queue]
    ready = true
    pump()
  }

  /** @param {string[]} cids taken over by another tab */
  function lost(cids) {
    for (const e of queue) if (cids.includes(e.cid) && e.state !== 'failed') elsewhere.set(e.cid, e.n)
    queue = queue.filter((e) => !cids.includes(e.cid))
    pump()
  }

  /** What is gone from the disk was sent or withdrawn by the other tab, and what failed isn't sent by itself. @param {Kept[]} waiting */
  function seen(waiting) {
    if (!elsewhere.size) return
    const still = new Set(waiting.filter((e) => e.state !== 'failed').map((e) => e.cid))
    for (const cid of elsewhere.keys()) if (!still.has(cid)) elsewhere.delete(cid)
    pump()
  }

  /** @param {Outgoing} e @returns {Promise<boolean>} whether it is kept */
  async function save(e) {
    writing.add(e.cid)
    const kept = await records.keep(e)
    writing.delete(e.cid)
    pump()
    return kept
  }

  function pump() {
    if (live && ready && !held) advance()
    o.clock.clear(watch)
    if (inFlight.size) watch = o.clock.set(overdue, OVERDUE)
    o.onChange()
  }

  function advance() {
    const first = refused && (find(refused.cid) ?? refused)
    for (const e of first ? [first, ...queue.filter((x) => x !== first)] : queue) {
      if (called || inFlight.size >= width) return
      if (e.state === 'failed' || e.state === 'done' || inFlight.has(e.cid)) continue
      if (writing.has(e.cid)) return
      if (e !== first && [...elsewhere.values()].some((n) => n < e.n)) return
      const frame = frameOf(e)
      if ((breaks.get(e.cid) ?? 0) >= BREAKS || !fits(frame)) {
        if (inFlight.size) return
        called = e.cid
        o.call(frame)
      } else if (!o.send(frame)) return
      inFlight.set(e.cid, e)
      set({ ...bare(e), state: 'sending', tried: true })
    }
  }

  function overdue() {
    o.onOverdue()
    if (inFlight.size) watch = o.clock.set(overdue, OVERDUE)
  }

  /** An answer came for it, a last one or one for now. @param {string} cid @param {boolean} [last] */
  function answered(cid, last = true) {
    inFlight.delete(cid)
    if (called === cid) called = ''
    if (last) elsewhere.delete(cid)
    if (last && refused?.cid === cid) refused = null
  }

  function proceed() {
    if (held && pause === null) release()
    else pump()
  }

  /** @param {string} cid */
  function drop(cid) {
    queue = queue.filter((e) => e.cid !== cid)
    breaks.delete(cid)
    records.drop(cid)
  }

  /** @param {Outgoing} e @param {Refusal} r */
  function hold(e, r) {
    set({ ...bare(e), state: 'waiting', code: r.code })
    if (!live) return
    width = 1
    refused ??= e
    if (held) return
    held = true
    pause = o.clock.set(release, Math.max(r.retry_after ?? PAUSE, 100))
  }

  /** Everything behind the refused one is refused as well; its answers come first. */
  function release() {
    pause = null
    held = inFlight.size > 0
    pump()
  }

  /** A later place than any other's in the order of sending. */
  function place() {
    last = Math.max(last + 1, o.clock.now(), ...queue.map((e) => e.n + 1))
    return last
  }

  /** @param {Outgoing} e */
  function append(e) {
    queue = [...queue, e]
    const kept = save(e)
    o.onChange()
    return kept
  }

  return {
    entries: () => /** @type {readonly Outgoing[]} */ (queue),

    /** @param {number} to @param {string} content @param {Quote} [quote] what it answers @returns {{cid: string, kept: Promise<boolean>}} */
    add(to, content, quote) {
      const cid = o.newCid()
      const kept = append({ cid, to, content: wellFormed(content), date: o.now(), n: place(), state: 'waiting', ...(quote ? { reply: quote.seq, quote } : {}) })
      return { cid, kept }
    },

    /** What was made elsewhere, a message whose files are whole or one that is handed on, goes out behind everything else.
     * @param {Pick<Outgoing, 'cid' | 'to' | 'content' | 'date' | 'reply' | 'quote' | 'files' | 'parts'>} what @returns {Promise<boolean>} whether it is kept */
    async give(what) {
      const here = find(what.cid)
      if (here) return here.state === 'done' || records.keeps(what.cid)
      return append({ ...what, content: wellFormed(what.content), n: place(), state: 'waiting' })
    },

    up() {
      live = true
      pump()
    },

    down() {
      const [oldest] = inFlight.keys()
      if (oldest) breaks.set(oldest, (breaks.get(oldest) ?? 0) + 1)
      live = held = false
      refused = null
      width = AT_ONCE
      inFlight.clear()
      called = ''
      o.clock.clear(pause)
      pause = null
      queue = queue.map((e) => e.state === 'sending' ? { ...bare(e), state: 'waiting' } : e)
      pump()
    },

    /** @param {Ack} a @returns {Outgoing | undefined} what it was, the first time */
    ack(a) {
      answered(a.cid)
      const e = find(a.cid)
      const first = e && e.state !== 'done'
      if (first) {
        width = AT_ONCE
        breaks.delete(a.cid)
        records.drop(a.cid)
        set({ ...bare(e), state: 'done', ev: a.ev, date: a.date })
      }
      proceed()
      return first ? e : undefined
    },

    /** @param {Refusal} r one that names no cid is about the oldest in flight, if it is about a message at all: a call will tell */
    error(r) {
      const cid = r.cid ?? [...inFlight.keys()].find((x) => x !== called) ?? ''
      const e = find(cid) ?? inFlight.get(cid)
      const passing = PASSING.has(r.code)
      answered(cid, !passing)
      if (e && e.state !== 'done') {
        if (passing) hold(e, r)
        else if (!r.cid) {
          breaks.set(cid, BREAKS)
          set({ ...bare(e), state: 'waiting' })
        } else if (find(cid)) save(set({ ...bare(e), state: 'failed', code: r.code }))
      }
      proceed()
    },

    /** A message of mine came as an event. @param {Message} m @returns {boolean} whether it still waited here, for the event is as good as the ack */
    came(m) {
      if (!find(m.cid)) {
        if (elsewhere.delete(m.cid)) pump()
        return false
      }
      drop(m.cid)
      answered(m.cid, false)
      proceed()
      return true
    },

    /** Acknowledged ones whose event is behind me. @param {number} ev */
    reached(ev) {
      if (queue.some((e) => e.state === 'done' && e.ev <= ev)) queue = queue.filter((e) => e.state !== 'done' || e.ev > ev)
    },

    /** Once more, behind everything else. @param {string} cid */
    retry(cid) {
      const e = find(cid)
      if (e?.state !== 'failed') return
      /** @type {Outgoing} */
      const next = { ...bare(e), state: 'waiting', n: place() }
      queue = [...queue.filter((x) => x.cid !== cid), next]
      save(next)
    },

    /** Only what failed, or surely never left. @param {string} cid @returns {boolean} whether it was that */
    withdraw(cid) {
      const e = find(cid)
      if (!e || (e.state !== 'failed' && e.tried)) return false
      drop(cid)
      pump()
      return true
    },

    /** What was withdrawn, as it was, in its place. @param {Outgoing} e */
    restore(e) {
      if (find(e.cid)) return
      const at = queue.findIndex((x) => x.n > e.n)
      queue = at < 0 ? [...queue, e] : [...queue.slice(0, at), e, ...queue.slice(at)]
      save(e)
      o.onChange()
    },
  }
}

/** @typedef {ReturnType<typeof createOutbox>} Outbox */
