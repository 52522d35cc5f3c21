// Telling somebody who isn't looking: one sound and, where the browser has them, one pop-up over all tabs. Nothing for muted
// chats, nothing for what another device reads already, and for all that came while this one was away only one summary. What
// comes in a burst is one sound.

/** @import {Message} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
/** @import { ReadonlySignal, Signal } from '../../vendor/signals-core/signals-core.mjs' */
import { computed, signal } from '../../vendor/signals-core/signals-core.mjs'
import { limitMarks } from '../text/limitmarks.js'
import { t } from '../words/index.js'
import { summary } from '../words/summary.js'
import { uncover } from './overlays.js'

const ALL = 'all'
/** What comes within this time of a sound makes no other, ms: sixteen at once would be one loud bang. */
const BURST = 1_500
const RANG = 'duologue-rang'

/** @typedef {'sound' | 'popups' | 'quiet'} Choice */

/**
 * @param {SessionState} session
 * @param {import('./router.js').Router} router
 */
export function createNotifications(session, router) {
  const { env } = session
  /** @param {Choice} name @returns {ReadonlySignal<boolean>} */
  const on = (name) => computed(() => session.prefs[`notice-${name}`].value === 'on')
  const choices = { sound: on('sound'), popups: on('popups'), quiet: on('quiet') }
  /** whether the browser lets the page show pop-ups */
  const leave = /** @type {Signal<import('../dom/notifications.js').Leave>} */ (signal(env.systemNotifications.leave()))

  /** @type {Map<number, number>} came while this device was away: whose, and the last seq */
  const missed = new Map()
  /** @type {Map<string, Map<number, number>>} the pop-ups of this tab: tag, and what they speak of */
  const shown = new Map()

  const chat = (/** @type {number} */ who) => session.data.peek().chats.get(who)
  /** Still unread, and somebody wants to hear of it. @param {number} who @param {number} seq */
  const fresh = (who, seq) => {
    const c = chat(who)
    return c !== undefined && !c.muted && c.new > 0 && seq > c.read
  }

  /** @param {Map<number, number>} what @param {string} words @param {string} [from] */
  async function tell(what, words, from = session.host.peek()?.title || 'Duologue') {
    const now = session.data.peek()
    if (choices.quiet.peek() || !(choices.sound.peek() || choices.popups.peek())) return
    const { mine, watched } = await env.elect(`${now.epoch} ${now.me.id} ${now.ev}`, { ready: env.bell.ready(), watched: session.attention.peek() })
    if (session.ended() || !mine || ![...what].some(([who, seq]) => fresh(who, seq))) return
    if (choices.sound.peek() && env.bell.ready() && due()) env.bell.ring().catch(() => {})
    if (choices.popups.peek() && !watched) pop(what, from, words)
  }

  /** Kept where all tabs see it: the next message may be another tab's. A clock that was set is no reason to stay silent. */
  function due() {
    const now = env.clock.now()
    if (Math.abs(now - Number(env.local.getItem(RANG))) < BURST) return false
    env.local.setItem(RANG, String(now))
    return true
  }

  /** @param {Map<number, number>} what @param {string} from @param {string} words */
  function pop(what, from, words) {
    const [who] = what.keys()
    const tag = what.size > 1 ? ALL : String(who)
    shown.set(tag, what)
    env.systemNotifications.show(`${session.instance} ${tag}`, from, words, () => {
      shown.delete(tag)
      // What is open is about another place, and would lie over this one.
      uncover(session, session)
      if (what.size > 1) session.side.value = 'chats'
      else router.go('chat', who)
    })
    leave.value = env.systemNotifications.leave()
  }

  // Reading elsewhere closes it, and so does taking the message back.
  session.effect(() => {
    const { chats } = session.data.value
    for (const [tag, what] of shown) {
      const holds = [...what].some(([who, seq]) => fresh(who, seq) && !(chats.get(who)?.last?.seq === seq && chats.get(who)?.last?.recalled))
      if (holds && !choices.quiet.value) continue
      shown.delete(tag)
      env.systemNotifications.close(`${session.instance} ${tag}`)
    }
  })

  session.onEnd(() => { for (const tag of shown.keys()) env.systemNotifications.close(`${session.instance} ${tag}`) })

  return {
    ...choices,
    leave,

    /** A choice by hand; for pop-ups the browser has its say. @param {Choice} name @param {boolean} on */
    async turn(name, on) {
      if (name === 'popups' && on) leave.value = await env.systemNotifications.ask()
      session.prefs.choose(`notice-${name}`, on && (name !== 'popups' || leave.peek() === 'granted') ? 'on' : 'off')
      if (name === 'sound' && on) env.bell.ring().catch(() => {})
    },

    /** A message of the other side. @param {number} who @param {Message} message @param {boolean} late it came while this device was away */
    came(who, message, late) {
      if (!fresh(who, message.seq)) return
      if (late) missed.set(who, message.seq)
      else tell(new Map([[who, message.seq]]), summary(message), name(who))
    },

    /** Everything that came meanwhile is here. */
    caughtUp() {
      const what = new Map([...missed].filter(([who, seq]) => fresh(who, seq)))
      missed.clear()
      if (!what.size) return
      const n = [...what.keys()].reduce((sum, who) => sum + (chat(who)?.new ?? 0), 0)
      const [who] = what.keys()
      tell(what, t('unread', { n }), what.size > 1 ? undefined : name(who))
    },
  }

  /** @param {number} who */
  function name(who) {
    return limitMarks(session.data.peek().people.get(who)?.name ?? chat(who)?.name ?? '')
  }
}

/** @typedef {ReturnType<typeof createNotifications>} Notifications */
