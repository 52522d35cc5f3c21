// Looking for a text among my messages. The host answers in pages, newest first, and each page may come early: what was found is
// shown while older messages are still looked at. A new question ends the one before.

/** @import {Event, Hit} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
/** @import { Signal } from '../../vendor/signals-core/signals-core.mjs' */
import { signal, untracked } from '../../vendor/signals-core/signals-core.mjs'
import { matches } from '../text/fold.js'

/** Typing goes on within this time, ms. */
const CALM = 220
const LIMIT = 15_000
/** As many are found before somebody has to ask for more. */
const ENOUGH = 100

/** paused: enough were found, and there may be more. @typedef {'' | 'running' | 'paused' | 'stopped' | 'failed' | 'done'} Going */
/** @typedef {{query: string, who: number, hits: readonly Hit[], going: Going}} Found who: 0 for all chats */

/** @type {Found} */
const NOTHING = { query: '', who: 0, hits: [], going: '' }

/** One letter says nothing, one Chinese character does. @param {string} query */
export const worth = (query) => query.trim().length > 1 || /[^\0-\u02ff]/.test(query.trim())

/** @param {Pick<SessionState, 'api' | 'env'>} session */
export function createFinder(session) {
  const { clock } = session.env
  const found = /** @type {Signal<Found>} */ (signal(NOTHING))
  const set = (/** @type {Partial<Found>} */ to) => { found.value = { ...found.peek(), ...to } }
  /** @type {string | undefined} */
  let cursor
  let wanted = 0
  /** @type {any} */
  let timer = null
  /** @type {AbortController | null} */
  let asked = null

  function end() {
    clock.clear(timer)
    asked?.abort()
    asked = null
  }

  async function run() {
    end()
    const mine = asked = new AbortController()
    set({ going: 'running' })
    const { query, who } = found.peek()
    while (mine === asked) {
      const late = clock.set(() => mine.abort(), LIMIT)
      try {
        const page = await session.api.search({ q: query, ...(who ? { who: String(who) } : {}), ...(cursor ? { before: cursor } : {}) }, mine.signal)
        if (mine !== asked) return
        cursor = page.more ?? undefined
        const hits = [...found.peek().hits, ...page.hits ?? []]
        const going = page.more === null ? 'done' : hits.length >= wanted ? 'paused' : 'running'
        set({ hits, going })
        if (going !== 'running') return
      } catch {
        if (mine === asked) set({ going: 'failed' })
        return
      } finally {
        clock.clear(late)
      }
    }
  }

  return {
    found,
    /** for which query all people found are listed, not just some */
    wide: signal(''),

    /** @param {string} query @param {number} [who] */
    ask(query, who = 0) {
      const q = query.trim()
      const now = found.peek()
      if (q === now.query && who === now.who) return
      end()
      cursor = undefined
      wanted = ENOUGH
      const going = worth(q) ? 'running' : ''
      found.value = { query: q, who, hits: [], going }
      if (going) timer = clock.set(run, CALM)
    },
    clear() {
      end()
      found.value = NOTHING
    },
    stop() {
      end()
      if (found.peek().going === 'running') set({ going: 'stopped' })
    },
    /** On from where it stopped, paused or failed. */
    more() {
      wanted = found.peek().hits.length + ENOUGH
      run()
    },

    /** What was taken back, deleted or changed meanwhile is no hit any more. @param {Event} e */
    follow(e) {
      const { hits, query } = found.peek()
      const here = (/** @type {Hit} */ h) => h.who === e.who && h.message.seq === (e.message?.seq ?? e.seq)
      if (e.kind === 'chat-deleted') set({ hits: hits.filter((h) => h.who !== e.who) })
      else if (e.kind === 'removed' && hits.some(here)) set({ hits: hits.filter((h) => !here(h)) })
      else if (e.kind === 'changed' && e.message && hits.some(here)) {
        const message = e.message
        set({ hits: hits.flatMap((h) => !here(h) ? [h] : matches(message.content, query).length ? [{ who: h.who, message }] : []) })
      }
    },
  }
}

/** The field on the left asks by being typed into. @param {Pick<SessionState, 'filter' | 'effect'>} session @param {Finder} finder */
export function askByField(session, finder) {
  session.effect(() => {
    const query = session.filter.value
    untracked(() => finder.ask(query))
  })
}

/** @typedef {ReturnType<typeof createFinder>} Finder */
