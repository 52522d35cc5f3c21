// Loading pages of a chat's history into its window. Each chat has one page on its way at most; an answer that was overtaken by a
// newer wish is dropped.

/** @import {Page, Thread} from '../../../types' */
/** @import {Base} from './app.js' */
import { failed, first, left, loading, newer, older, opened } from '../proto/thread.js'
import { setIn } from './signals.js'

const PAGE = 50
/** With more unread than this a chat opens at the first of them instead of at its end. */
const FEW = 30
const KEEP = 100

/** @param {Base} app */
export function createHistory(app) {
  /** @type {Map<number, number>} */
  const turns = new Map()

  /**
   * @param {number} who
   * @param {Thread['loading']} kind
   * @param {Parameters<Base['api']['messages']>[1]} at
   * @param {(t: Thread, page: Page) => Thread} merge
   */
  async function load(who, kind, at, merge) {
    const turn = (turns.get(who) ?? 0) + 1
    turns.set(who, turn)
    setIn(app.threads, who, loading(app.threads.peek().get(who) ?? opened(), kind))
    const mine = () => turns.get(who) === turn ? app.threads.peek().get(who) : undefined
    try {
      const page = await app.api.messages(who, at)
      const t = mine()
      if (t) setIn(app.threads, who, merge(t, page))
    } catch {
      const t = mine()
      if (t) setIn(app.threads, who, failed(t))
    }
  }

  const end = (/** @type {number} */ who) => app.data.peek()?.chats.get(who)?.last?.seq ?? 0

  return {
    /** The first page of a chat. @param {number} who */
    open(who) {
      const chat = app.data.peek()?.chats.get(who)
      if (chat && chat.new > FEW) {
        return load(who, 'first', { around: chat.read + 1, limit: PAGE * 2 }, (t, page) =>
          first(t, { ...page, more: (page.messages[0]?.seq ?? 0) > 1 }, (page.messages.at(-1)?.seq ?? 0) < end(who)))
      }
      return load(who, 'first', { limit: PAGE }, (t, page) => first(t, page, false))
    },
    /** @param {number} who */
    older(who) {
      const t = app.threads.peek().get(who)
      if (!t?.more || t.loading || t.failed || !t.items.length) return
      load(who, 'older', { before: t.items[0].seq, limit: PAGE }, older)
    },
    /** @param {number} who */
    newer(who) {
      const t = app.threads.peek().get(who)
      if (!t?.newer || t.loading || t.failed || !t.items.length) return
      load(who, 'newer', { after: t.items[t.items.length - 1].seq, limit: PAGE }, newer)
    },
    /** Back to the end, from a window that has left it. @param {number} who */
    toEnd(who) {
      if (app.threads.peek().get(who)?.newer) return load(who, 'first', { limit: PAGE }, (t, page) => first(t, page, false))
      return Promise.resolve()
    },
    /** @param {number} who */
    again(who) {
      const t = app.threads.peek().get(who)
      if (t?.failed) setIn(app.threads, who, t.items.length ? { ...t, failed: false } : undefined)
    },
    /** Lets go of most of what a chat holds that isn't on screen any more. @param {number} who */
    leave(who) {
      const t = app.threads.peek().get(who)
      if (t) setIn(app.threads, who, left(t, KEEP))
    },
  }
}

/** @typedef {ReturnType<typeof createHistory>} History */
