// The program on the host's computer, for its owner: what it is doing, two switches, and its end.

/** @import {Program} from '../../../types' */
/** @import {Base} from './app.js' */
import { computed, effect, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'

/**
 * @param {Base} app
 * @param {Pick<import('./actions.js').Actions, 'tell'>} actions
 */
export function createProgram(app, { tell }) {
  const state = signal(/** @type {Program | null} */ (null))
  /** the owner ended it, from this page */
  const ended = signal(false)
  const wanted = computed(() => app.route.value.name === 'settings' && app.data.value?.me.owner === true)

  async function load() {
    state.value = await tell(app.api.program()) ?? null
  }
  effect(() => { if (wanted.value) untracked(load) })
  // Whoever hears from the host again knows that it was started again.
  effect(() => {
    if (app.status.value !== 'live' || !ended.peek()) return
    ended.value = false
    untracked(load)
  })

  return {
    state,
    ended,
    /** @param {'startup' | 'awake'} name @param {boolean} on */
    async turn(name, on) {
      const now = await tell(app.api.patchProgram({ [name]: on }))
      if (now) state.value = now
    },
    async quit() {
      if (await tell(app.api.quitProgram()) === null) ended.value = true
    },
  }
}
