// Typing, both ways. I tell it at most every three seconds, and only while there is something in the composer; what I am told
// is shown for a little longer than that.

/** @import {SessionState} from './sessionstate.js' */
/** @import {Account} from './account.js' */
import { setIn } from './signals.js'

const EVERY = 3_000
const SHOWN = 5_000

/** @param {SessionState} session @param {number} who */
export function showTyping(session, who) {
  const until = session.env.clock.now() + SHOWN
  setIn(session.typing, who, until)
  session.env.clock.set(() => {
    if (session.typing.peek().get(who) === until) setIn(session.typing, who, undefined)
  }, SHOWN)
}

/**
 * @param {SessionState} session
 * @param {Pick<Account, 'send'>} account
 */
export function createTyping(session, account) {
  let who = 0
  let at = -Infinity
  return {
    /** @param {number} to @param {string} text */
    typed(to, text) {
      const now = session.env.clock.now()
      if (!text.trim() || (to === who && now - at < EVERY) || to === session.data.peek().me.id) return
      who = to
      at = now
      account.send({ type: 'typing', who: to })
    },
    /** After sending, the next letter counts at once. */
    done() {
      at = -Infinity
    },
  }
}

/** @typedef {ReturnType<typeof createTyping>} Typing */
