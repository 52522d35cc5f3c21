// Telling the host how far I am, at most four times a second, and only after something of somebody else's came: the mark moves the
// other side's ticks, so an answer to every event would go on for ever.

/** @import {Clock} from '../../../types' */

const PAUSE = 250

/**
 * @param {Clock} clock
 * @param {(ev: number) => void} send
 */
export function createGot(clock, send) {
  /** @type {any} */
  let timer = null
  let ev = 0
  let due = false

  function flush() {
    timer = null
    if (!due) return
    due = false
    send(ev)
    timer = clock.set(flush, PAUSE)
  }

  return {
    /** @param {number} at @param {boolean} theirs whether it brought something of the other side's */
    reach(at, theirs) {
      ev = at
      due ||= theirs
      if (due && timer === null) timer = clock.set(flush, 0)
    },
  }
}
