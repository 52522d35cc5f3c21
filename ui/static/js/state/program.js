// The program on the host's computer, for its owner: what it is doing, two switches, and its end.

/** @import {Program} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
import { computed, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'

/**
 * @param {SessionState} session
 * @param {Pick<import('./actions.js').Actions, 'tell'>} actions
 */
export function createProgram(session, { tell }) {
  const state = signal(/** @type {Program | null} */ (null))
  /** the owner ended it, from this page */
  const ended = signal(false)
  const wanted = computed(() => session.route.value.name === 'settings' && session.data.value.me.owner === true)

  async function load() {
    state.value = await tell(session.api.program()) ?? null
  }
  session.effect(() => { if (wanted.value) untracked(load) })
  // Whoever hears from the host again knows that it was started again.
  session.effect(() => {
    if (session.status.value !== 'live' || !ended.peek()) return
    ended.value = false
    untracked(load)
  })

  return {
    state,
    ended,
    /** @param {'startup' | 'awake'} name @param {boolean} on */
    async turn(name, on) {
      const now = await tell(session.api.patchProgram({ [name]: on }))
      if (now) state.value = now
    },
    async quit() {
      if (await tell(session.api.quitProgram()) === null) ended.value = true
    },
  }
}
