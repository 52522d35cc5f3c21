// Telling the other side that I type: at most every three seconds, and only while there is something in the composer.

/** @import {Base} from './app.js' */
/** @import {Live} from './live.js' */

const EVERY = 3_000

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
