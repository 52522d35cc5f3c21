// Unsent text, one per chat: here at once, in this browser in case the host is away, and at the host a moment later, so that
// my other devices have it too. After sending, the host's copy goes only once the message is acknowledged, and only if it is that
// message's: what I forward goes out beside a draft, and another device may have begun a new one.

/** @import {SessionState} from './sessionstate.js' */
import { setIn } from './signals.js'

const CALM = 500
/** After a refusal that passes, ms. */
const AGAIN = 5_000

/** @param {SessionState} session */
export function createDrafts(session) {
  const { env } = session
  /** @type {Set<number>} changed here and not yet at the host */
  const dirty = new Set()
  /** @type {Map<number, any>} */
  const timers = new Map()
  /** @type {Set<number>} */
  const saving = new Set()
  /** @type {Map<number, {cid: string, held: string}>} sent last, with the ack still to come, and what the host held then: out of date */
  const unacked = new Map()
  /** @type {Map<number, string>} what this page wrote there last */
  const wrote = new Map()

  const prefix = `duologue-${session.instance}-${session.person}-draft-`
  const key = (/** @type {number} */ who) => prefix + who
  const atHost = (/** @type {number} */ who) => session.data.peek().chats.get(who)?.draft ?? ''

  /** @param {number} who @param {number} [ms] */
  function later(who, ms = CALM) {
    env.clock.clear(timers.get(who))
    timers.set(who, env.clock.set(() => save(who), ms))
  }

  /** @param {number} who @param {boolean} [keepalive] the page may go before the answer comes */
  async function save(who, keepalive = false) {
    env.clock.clear(timers.get(who))
    timers.delete(who)
    const text = session.drafts.peek().get(who)
    if (text === undefined || !dirty.has(who) || saving.has(who)) return
    saving.add(who)
    wrote.set(who, text)
    try {
      if (text !== atHost(who)) await session.api.patchChat(who, { draft: text }, keepalive)
      if (session.drafts.peek().get(who) === text) settled(who, text)
    } catch (e) {
      const { status } = /** @type {any} */ (e)
      if (status >= 400 && status < 500 && status !== 429) dirty.delete(who)
      else if (status && dirty.has(who)) later(who, AGAIN)
    } finally {
      saving.delete(who)
      if (dirty.has(who) && session.drafts.peek().get(who) !== text) later(who)
    }
  }

  /** @param {number} who @param {string} text */
  function settled(who, text) {
    dirty.delete(who)
    env.local.removeItem(key(who))
    if (atHost(who) === text) setIn(session.drafts, who, undefined)
  }

  /** Whether what the host holds as draft is on its way as a message. @param {number} who @param {string} text */
  const leaving = (who, text) => session.outbox.value.some((e) => e.to === who && e.content === text.trim())

  return {
    /** What stands in the composer. Reads signals. @param {number} who @returns {string} */
    text(who) {
      const here = session.drafts.value.get(who)
      if (here !== undefined) return here
      const there = session.data.value.chats.get(who)?.draft ?? ''
      return there && leaving(who, there) ? '' : there
    },

    /** @param {number} who @param {string} text */
    type(who, text) {
      setIn(session.drafts, who, text)
      dirty.add(who)
      // It takes the place of what the host holds, whatever becomes of that.
      unacked.delete(who)
      env.local.setItem(key(who), text)
      later(who)
    },

    /** It became a message: empty here, and at the host after the ack. What this browser doesn't keep as a message it goes on
     * keeping as a draft, and so does the host. @param {number} who
     * @param {{cid: string, kept: Promise<boolean>, sound: boolean}} message sound: it is likely to be kept */
    sent(who, { cid, kept, sound }) {
      env.clock.clear(timers.get(who))
      dirty.delete(who)
      unacked.set(who, { cid, held: atHost(who) })
      const before = env.local.getItem(key(who))
      if (sound) env.local.setItem(key(who), '')
      kept.then((yes) => {
        if (unacked.get(who)?.cid !== cid || yes === sound) return
        if (yes) env.local.setItem(key(who), '')
        else if (before) env.local.setItem(key(who), before)
        else env.local.removeItem(key(who))
      })
      setIn(session.drafts, who, '')
    },

    /** What this browser could not keep as a message in time is kept by now. @param {string} cid */
    kept(cid) {
      for (const [who, sent] of unacked) if (sent.cid === cid) env.local.setItem(key(who), '')
    },

    /** What was sent from the composers last, as far as the host is not known to have it. @returns {{to: number, cid: string}[]} */
    unacked: () => [...unacked].map(([to, { cid }]) => ({ to, cid })),

    /** The host has a message of mine. @param {number} who @param {{cid: string, content: string}} m */
    acked(who, { cid, content }) {
      const sent = unacked.get(who)
      const here = session.drafts.peek().get(who)
      const there = atHost(who)
      if (sent?.cid === cid) {
        unacked.delete(who)
        if (!here && !saving.has(who) && there !== sent.held && there !== wrote.get(who)) return settled(who, there)
      } else if (here !== undefined || there.trim() !== content) return
      if (here === undefined && !there) return
      if (here === undefined) setIn(session.drafts, who, '')
      dirty.add(who)
      save(who)
    },

    /** A chat's event changed the draft at the host: mine coming back, or another device's. @param {number} who @param {string} old @param {string} now */
    heard(who, old, now) {
      if (old !== now && !dirty.has(who) && !unacked.has(who)) setIn(session.drafts, who, undefined)
    },

    /** What this browser kept: written while the host was away, or sent and not yet emptied there. */
    recall() {
      for (const k of env.local.keys()) {
        const who = k.startsWith(prefix) ? Number(k.slice(prefix.length)) : 0
        const kept = env.local.getItem(k)
        if (!who || kept === null || session.drafts.peek().has(who)) continue
        setIn(session.drafts, who, kept)
        dirty.add(who)
        later(who)
      }
    },

    /** Now, for the page may go. */
    flush() {
      for (const who of dirty) save(who, true)
    },

    /** Nothing of this person stays in this browser. */
    forget() {
      for (const k of env.local.keys()) if (k.startsWith(prefix)) env.local.removeItem(k)
    },
  }
}

/** @typedef {ReturnType<typeof createDrafts>} Drafts */
