// Searching in one chat: a bar above it, and one match after the other shown in its place, the newest first.

/** @import {Hit} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
/** @import { ReadonlySignal } from '../../vendor/signals-core/signals-core.mjs' */
import { computed, untracked } from '../../vendor/signals-core/signals-core.mjs'

/** @param {Hit | undefined} a @param {Hit | undefined} b */
const same = (a, b) => a?.who === b?.who && a?.message.seq === b?.message.seq

/**
 * @param {SessionState} session
 * @param {{finder: import('./search.js').Finder, pages: import('./pages.js').Pages}} parts
 */
export function createChatSearch(session, { finder, pages }) {
  const bar = session.finding
  /** which match is shown as soon as it is found */
  let next = 0
  /** the match that is on screen @type {Hit | undefined} */
  let shown

  /** What is to be marked in the conversation on screen: the bar's text, else what is searched for everywhere.
   * @type {ReadonlySignal<string>} */
  const lit = computed(() => bar.value?.query.trim() || session.filter.value.trim())

  /** @param {number} at */
  function show(at) {
    const b = bar.peek()
    const hit = finder.found.peek().hits[at]
    if (!b || !hit) return
    next = 0
    shown = hit
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

  // A match may be taken back or deleted meanwhile: the others keep their numbers.
  session.effect(() => {
    const { hits } = finder.found.value
    const b = bar.peek()
    if (!b || b.at < 0 || !shown || same(hits[b.at], shown)) return
    const found = hits.findIndex((h) => same(h, shown))
    const at = found < 0 ? Math.min(b.at, hits.length - 1) : found
    shown = hits[at]
    if (at !== b.at) bar.value = { ...b, at }
  })
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
