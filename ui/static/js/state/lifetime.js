// What lives as long as something else: effects, timers and calls that are begun in a lifetime end with it, and nothing is begun in it
// afterwards.

/** @import {Clock} from '../../../types' */
import { effect } from '../../vendor/signals-core/signals-core.mjs'
import { ApiError } from '../proto/api.js'

/**
 * @param {Clock} clock
 * @param {typeof fetch} fetch
 */
export function createLifetime(clock, fetch) {
  /** @type {Set<() => void>} */
  const endings = new Set()
  /** @type {Set<any>} */
  const timers = new Set()
  let ended = false

  /** Throws after the end, with the code `ended`, of which nobody has to hear. */
  function alive() {
    if (ended) throw new ApiError('ended', '', 0)
  }

  return {
    ended: () => ended,
    alive,

    /** @param {() => void} run */
    effect(run) {
      if (!ended) endings.add(effect(run))
    },

    /** @param {() => void} run when it ends; at once if it did */
    onEnd(run) {
      if (ended) run()
      else endings.add(run)
    },

    clock: /** @type {Clock} */ ({
      now: clock.now,
      set(run, ms) {
        if (ended) return null
        const timer = clock.set(() => {
          timers.delete(timer)
          run()
        }, ms)
        timers.add(timer)
        return timer
      },
      clear(timer) {
        timers.delete(timer)
        clock.clear(timer)
      },
    }),

    /** No call leaves, and no answer is taken, after the end. @type {typeof fetch} */
    async fetch(path, init) {
      alive()
      const answer = await fetch(path, init)
      alive()
      return answer
    },

    end() {
      if (ended) return
      ended = true
      for (const timer of timers) clock.clear(timer)
      timers.clear()
      for (const run of endings) run()
      endings.clear()
    },
  }
}

/** @typedef {ReturnType<typeof createLifetime>} Lifetime */
