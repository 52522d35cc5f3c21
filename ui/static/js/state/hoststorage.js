// For the owner: how much room everybody's files have left, asked now and then, so that a warning comes before it bites.

/** @import {Storage} from '../../../types' */
/** @import {Base} from './app.js' */
import { computed, effect, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** How old an answer may be, ms. */
const OLD = 10 * 60_000

/**
 * @param {Base} app
 * @param {Pick<import('./actions.js').Actions, 'tell'>} actions
 */
export function createHostStorage(app, { tell }) {
  const host = signal(/** @type {Storage['host'] | null} */ (null))
  const owner = computed(() => app.data.value?.me.owner === true)
  let asked = -Infinity

  async function look() {
    try {
      heard(await app.api.storage())
    } catch { /* the next time */ }
  }
  /** @param {Storage | undefined} s */
  function heard(s) {
    if (s && owner.peek()) host.value = s.host ?? null
  }

  effect(() => {
    if (owner.value && app.status.value === 'live') {
      if (app.minute.value - asked < OLD) return
      asked = app.minute.value
      untracked(look)
    } else {
      asked = -Infinity
      if (!owner.value) host.value = null
    }
  })

  return {
    host,
    look,
    heard,
    /** @param {number} cap bytes, 0 for none @returns {Promise<boolean>} */
    async limit(cap) {
      const s = await tell(app.api.limitStorage(cap))
      heard(s)
      return !!s
    },
  }
}
