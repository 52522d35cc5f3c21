// Several messages at once: which are chosen, until something was done with them or Escape ends it.

/** @import {Message} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
import { drawn } from '../proto/window.js'

/** @param {SessionState} session */
export function createSelection(session) {
  return {
    /** In or out; the first one begins it. @param {number} who @param {Message} m */
    toggle(who, m) {
      const old = session.selected.peek()
      const chosen = new Map(old?.who === who ? old.messages : [])
      if (!chosen.delete(m.seq)) chosen.set(m.seq, m)
      session.selected.value = { who, messages: chosen }
    },
    end() {
      session.selected.value = null
    },
    /** In the order of the conversation, as they are by now: one may have been changed or taken back meanwhile. @returns {Message[]} */
    all() {
      const picked = session.selected.peek()
      if (!picked) return []
      const now = new Map(drawn(session.windows.peek().get(picked.who), session.person).map((m) => [m.seq, m]))
      return [...picked.messages.values()].map((m) => now.get(m.seq) ?? m).sort((a, b) => a.seq - b.seq)
    },
  }
}

/** @typedef {ReturnType<typeof createSelection>} Selection */
