// Loading pages of a chat's history into its window. Each chat has one page on its way at most; an answer that was overtaken by a
// newer wish is dropped.

/** @import {Page, HistoryWindow} from '../../../types' */
/** @import {Base} from './app.js' */
/** @import {Router} from './router.js' */
import { STEP, THREAD_MAX, down, failed, first, kept, left, loading, newer, newest, older, oldest, opened, up } from '../proto/window.js'
import { t } from '../words/index.js'
import { showToast } from './toast.js'
import { setIn } from './signals.js'

const PAGE = 50
/** With more unread than this a chat opens at the first of them instead of at its end. */
const FEW = 30
/** Another page is asked for while some are still held ready. */
const LOW = 3 * STEP

/** @param {Base} app @param {Router} router */
export function createPages(app, router) {
  let jumps = 0
  /** @type {Map<number, number>} */
  const turns = new Map()

  /**
   * @param {number} who
   * @param {HistoryWindow['loading']} kind
   * @param {Parameters<Base['api']['messages']>[1]} at
   * @param {(t: HistoryWindow, page: Page) => HistoryWindow | undefined} merge
   * @returns {Promise<'done' | 'failed' | 'overtaken'>}
   */
  async function load(who, kind, at, merge) {
    const turn = (turns.get(who) ?? 0) + 1
    turns.set(who, turn)
    setIn(app.windows, who, loading(app.windows.peek().get(who) ?? opened(), kind))
    const mine = () => turns.get(who) === turn ? app.windows.peek().get(who) : undefined
    try {
      const page = await app.api.messages(who, at)
      const t = mine()
      if (!t) return 'overtaken'
      setIn(app.windows, who, merge(t, page))
      return 'done'
    } catch {
      const t = mine()
      if (t) setIn(app.windows, who, failed(t))
      return 'failed'
    }
  }

  const end = (/** @type {number} */ who) => app.data.peek()?.chats.get(who)?.last?.seq ?? 0

  /** A page from the middle. @param {number} who @param {HistoryWindow} t @param {Page} page @param {number} at @param {number} [drawn] */
  const middle = (who, t, page, at, drawn) =>
    first(t, { ...page, more: (page.messages[0]?.seq ?? 0) > 1 }, (page.messages.at(-1)?.seq ?? 0) < end(who), at, drawn)
  const last = (/** @type {number} */ who, at = Infinity) => load(who, 'first', { limit: PAGE }, (t, page) => first(t, page, false, at))

  /** The page around one message, unless the window has it. @param {number} who @param {number} seq @returns {Promise<'done' | 'gone' | 'failed' | 'overtaken'>} */
  async function around(who, seq) {
    if (app.windows.peek().get(who)?.items.some((m) => m.seq === seq)) return 'done'
    let found = false
    const how = await load(who, 'first', { around: seq, limit: PAGE * 2 }, (t, page) => {
      found = page.messages.some((m) => m.seq === seq)
      return found ? middle(who, t, page, seq) : t.items.length ? kept(t) : undefined
    })
    return how === 'done' && !found ? 'gone' : how
  }

  return {
    /**
     * To one message: the original of a quote, a hit of a search. Its chat opens, the view marks it and gives it the focus.
     * @param {number} who
     * @param {number} seq
     * @returns {Promise<boolean>} whether it is there
     */
    async jump(who, seq) {
      const mine = ++jumps
      // Before the route: a chat that has a page on its way isn't opened at its end.
      const found = around(who, seq)
      router.go('chat', who)
      const how = await found
      if (mine !== jumps || how === 'overtaken') return false
      if (how === 'done') app.target.value = { who, seq }
      else showToast(app, t(how === 'gone' ? 'jump.gone' : 'jump.failed'))
      return how === 'done'
    },
    /** To the first message of a day, or of what came after it. @param {number} who @param {number} date when the day begins, ms */
    async jumpToDate(who, date) {
      const mine = ++jumps
      let seq = 0
      const how = await load(who, 'first', { at: date, limit: PAGE * 2 }, (t, page) => {
        seq = (page.messages.find((m) => m.date >= date) ?? page.messages.at(-1))?.seq ?? 0
        return seq ? middle(who, t, page, seq) : kept(t)
      })
      if (mine !== jumps || how === 'overtaken') return
      if (how === 'failed') showToast(app, t('jump.failed'))
      else if (seq) app.target.value = { who, seq }
    },
    /** The first page of a chat. @param {number} who */
    open(who) {
      const chat = app.data.peek()?.chats.get(who)
      if (!chat?.new) return last(who)
      if (chat.new <= FEW) return last(who, chat.read + 1)
      return load(who, 'first', { around: chat.read + 1, limit: PAGE * 2 }, (t, page) => middle(who, t, page, chat.read + 1))
    },
    /** The eye nears the upper edge: a few more, and in time another page. @param {number} who */
    older(who) {
      const t = app.windows.peek().get(who)
      if (!t?.more || t.stale || !t.items.length || t.loading === 'first') return
      if (t.above.length) setIn(app.windows, who, up(t))
      if (!t.further || t.above.length > LOW || t.loading || t.failed) return
      const before = oldest(t)
      load(who, 'older', { before, limit: PAGE }, (now, page) => older(now, page, before))
    },
    /** @param {number} who */
    newer(who) {
      const t = app.windows.peek().get(who)
      if (!t?.newer || t.stale || !t.items.length || t.loading === 'first') return
      if (t.below.length) setIn(app.windows, who, down(t))
      if (!t.later || t.below.length > LOW || t.loading || t.failed) return
      const after = newest(t)
      load(who, 'newer', { after, limit: PAGE }, (now, page) => newer(now, page, after))
    },
    /** Back to the end, from a window that has left it. Where that fails the window stays, and nobody is taken away from it later.
     * @param {number} who @param {import('../words/index.js').Key} [failed] */
    async toEnd(who, failed = 'log.failed') {
      if (!app.windows.peek().get(who)?.newer || await last(who) !== 'failed') return
      app.toEnd.value = false
      this.again(who)
      showToast(app, t(failed))
    },
    /** The same part of the chat once more, after events were missed. @param {number} who */
    refresh(who) {
      const t = app.windows.peek().get(who)
      if (!t?.items.length || (app.endOf.peek() === who && !t.newer)) return last(who)
      const at = t.items[Math.floor(t.items.length / 2)].seq
      return load(who, 'first', { around: at, limit: THREAD_MAX }, (t, page) => middle(who, t, page, Infinity, THREAD_MAX))
    },
    /** @param {number} who */
    again(who) {
      const t = app.windows.peek().get(who)
      if (t?.failed) setIn(app.windows, who, t.items.length ? { ...t, failed: '' } : undefined)
    },
    /** Lets go of most of what a chat holds that isn't on screen any more. @param {number} who */
    leave(who) {
      const t = app.windows.peek().get(who)
      if (t) setIn(app.windows, who, left(t))
    },
  }
}

/** @typedef {ReturnType<typeof createPages>} Pages */
