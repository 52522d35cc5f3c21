// Searching in one chat: a bar above it, and one match after the other shown in its place, the newest first.

/** @import {SessionState} from './sessionstate.js' */
/** @import { ReadonlySignal } from '../../vendor/signals-core/signals-core.mjs' */
import { computed, untracked } from '../../vendor/signals-core/signals-core.mjs'

/**
 * @param {SessionState} session
 * @param {{finder: import('./search.js').Finder, pages: import('./pages.js').Pages}} parts
 */
export function createChatSearch(session, { finder, pages }) {
  const bar = session.finding
  /** which match is shown as soon as it is found */
  let next = 0

  /** What is to be marked in the conversation on screen: the bar's text, else what is searched for everywhere.
   * @type {ReadonlySignal<string>} */
  const lit = computed(() => bar.value?.query.trim() || session.filter.value.trim())

  /** @param {number} at */
  function show(at) {
    const b = bar.peek()
    const hit = finder.found.peek().hits[at]
    if (!b || !hit) return
    next = 0
    bar.value = { ...b, at }
    pages.jump(hit.who, hit.message.seq)
  }

  const chatSearch = {
    lit,

    /** @param {number} who */
    open(who) {
      if (bar.peek()?.who === who) return
      bar.value = { who, query: '', at: -1, fresh: true }
    },
    close() {
      bar.value = null
    },
    /** @param {string} query */
    type(query) {
      const b = bar.peek()
      if (!b) return
      next = 0
      bar.value = { ...b, query, at: -1 }
      finder.ask(query, b.who)
    },
    /** @param {1 | -1} step 1: to an older one */
    go(step) {
      const { hits, going } = finder.found.peek()
      const to = (bar.peek()?.at ?? -1) + step
      if (to < hits.length) show(Math.max(to, 0))
      else if (going && going !== 'done') {
        next = to
        if (going !== 'running') finder.more()
      }
    },
  }

  // The first match is shown as soon as there is one, and so is the next that was asked for.
  session.effect(() => {
    const n = finder.found.value.hits.length
    const b = bar.value
    if (b && n > next && b.at < next) untracked(() => show(next))
  })
  session.effect(() => {
    if (!bar.value) untracked(() => finder.clear())
  })
  // A bar belongs to its chat.
  session.effect(() => {
    const { name, who } = session.route.value
    untracked(() => { if (bar.peek() && (name !== 'chat' || bar.peek()?.who !== who)) chatSearch.close() })
  })
  return chatSearch
}
