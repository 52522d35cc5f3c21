// For the owner: how much room everybody's files have left, asked now and then, so that a warning comes before it bites.

/** @import {Storage} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
import { computed, signal, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** How old an answer may be, ms. */
const OLD = 10 * 60_000

/**
 * @param {SessionState} session
 * @param {Pick<import('./actions.js').Actions, 'tell'>} actions
 */
export function createHostStorage(session, { tell }) {
  const host = signal(/** @type {Storage['host'] | null} */ (null))
  const owner = computed(() => session.data.value.me.owner === true)
  let asked = -Infinity

  async function look() {
    try {
      heard(await session.api.storage())
    } catch { /* the next time */ }
  }
  /** @param {Storage | undefined} s */
  function heard(s) {
    if (s && owner.peek()) host.value = s.host ?? null
  }

  session.effect(() => {
    if (owner.value && session.status.value === 'live') {
      if (session.minute.value - asked < OLD) return
      asked = session.minute.value
      untracked(look)
    } else {
      asked = -Infinity
      if (!owner.value) host.value = null
    }
  })

  return {
    host,
    look,
    /** What my files take, and for the owner everybody's. */
    async load() {
      const s = await tell(session.api.storage())
      heard(s)
      return s
    },
    /** Gives up the bytes of my files that are older. @param {number} before ms */
    async drop(before) {
      const gone = await tell(session.api.dropFiles({ before }))
      if (gone) look()
      return gone
    },
    /** @param {number} cap bytes, 0 for none @returns {Promise<boolean>} */
    async limit(cap) {
      const s = await tell(session.api.limitStorage(cap))
      heard(s)
      return !!s
    },
  }
}
