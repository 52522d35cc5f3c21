// Typing, both ways. I tell it at most every three seconds, and only while there is something in the composer; what I am told
// is shown for a little longer than that.

/** @import {Base} from './app.js' */
/** @import {Live} from './live.js' */
import { setIn } from './signals.js'

const EVERY = 3_000
const SHOWN = 5_000

/** @param {Base} app @param {number} who */
export function showTyping(app, who) {
  const until = app.env.clock.now() + SHOWN
  setIn(app.typing, who, until)
  app.env.clock.set(() => {
    if (app.typing.peek().get(who) === until) setIn(app.typing, who, undefined)
  }, SHOWN)
}

/**
 * @param {Base} app
 * @param {Live} live
 */
export function createTyping(app, live) {
  let who = 0
  let at = -Infinity
  return {
    /** @param {number} to @param {string} text */
    typed(to, text) {
      const now = app.env.clock.now()
      if (!text.trim() || (to === who && now - at < EVERY) || to === app.data.peek()?.me.id) return
      who = to
      at = now
      live.send({ type: 'typing', who: to })
    },
    /** After sending, the next letter counts at once. */
    done() {
      at = -Infinity
    },
  }
}

/** @typedef {ReturnType<typeof createTyping>} Typing */
