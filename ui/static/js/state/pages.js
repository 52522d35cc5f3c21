// Loading pages of a chat's history into its window. Each chat has one page on its way at most; an answer that was overtaken by a
// newer wish is dropped.

/** @import {HistoryWindow, Page} from '../../../types' */
/** @import {SessionState} from './sessionstate.js' */
/** @import {Router} from './router.js' */
import { DRAWN_MAX, STEP, drawNewer, drawOlder, hasNewer, hasOlder, newest, oldest } from '../proto/messagerange.js'
import { asked, joinedNewer, joinedOlder, kept, left, refused, replaced, retried, shown } from '../proto/window.js'
import { t } from '../words/index.js'
import { showToast } from './toast.js'
import { setIn } from './signals.js'

const PAGE = 50
/** With more unread than this a chat opens at the first of them instead of at its end. */
const FEW = 30
/** Another page is asked for while some are still held ready. */
const LOW = 3 * STEP

/** @param {SessionState} session @param {Router} router */
export function createPages(session, router) {
  let jumps = 0
  /** @type {Map<number, number>} */
  const turns = new Map()
  const windowOf = (/** @type {number} */ who) => session.windows.peek().get(who)

  /**
   * @param {number} who
   * @param {'older' | 'newer' | 'all'} what
   * @param {Parameters<SessionState['api']['messages']>[1]} at
   * @param {(w: HistoryWindow, page: Page) => HistoryWindow | undefined} merge
   * @returns {Promise<'done' | 'failed' | 'overtaken'>}
   */
  async function load(who, what, at, merge) {
    const turn = (turns.get(who) ?? 0) + 1
    turns.set(who, turn)
    setIn(session.windows, who, asked(windowOf(who), what))
    const mine = () => turns.get(who) === turn ? windowOf(who) : undefined
    try {
      const page = await session.api.messages(who, at)
      const w = mine()
      if (!w) return 'overtaken'
      setIn(session.windows, who, merge(w, page))
      return 'done'
    } catch (e) {
      if (/** @type {any} */ (e).code === 'ended') return 'overtaken'
      const w = mine()
      if (w) setIn(session.windows, who, refused(w))
      return 'failed'
    }
  }

  const end = (/** @type {number} */ who) => session.data.peek().chats.get(who)?.last?.seq ?? 0

  /** A page from the middle. @param {number} who @param {HistoryWindow} w @param {Page} page @param {number} at @param {number} [draw] */
  const middle = (who, w, page, at, draw) =>
    replaced(w, { ...page, more: (page.messages[0]?.seq ?? 0) > 1 }, (page.messages.at(-1)?.seq ?? 0) < end(who), at, draw)
  const last = (/** @type {number} */ who, at = Infinity) => load(who, 'all', { limit: PAGE }, (w, page) => replaced(w, page, false, at))

  /** The page around one message, unless the window has it. @param {number} who @param {number} seq @returns {Promise<'done' | 'gone' | 'failed' | 'overtaken'>} */
  async function around(who, seq) {
    if (shown(windowOf(who))?.items.some((m) => m.seq === seq)) return 'done'
    let found = false
    const how = await load(who, 'all', { around: seq, limit: PAGE * 2 }, (w, page) => {
      found = page.messages.some((m) => m.seq === seq)
      return found ? middle(who, w, page, seq) : kept(w)
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
      if (how === 'done') session.target.value = { who, seq }
      else showToast(session, t(how === 'gone' ? 'jump.gone' : 'jump.failed'))
      return how === 'done'
    },
    /** To the first message of a day, or of what came after it. @param {number} who @param {number} date when the day begins, ms */
    async jumpToDate(who, date) {
      const mine = ++jumps
      let seq = 0
      const how = await load(who, 'all', { at: date, limit: PAGE * 2 }, (w, page) => {
        seq = (page.messages.find((m) => m.date >= date) ?? page.messages.at(-1))?.seq ?? 0
        return seq ? middle(who, w, page, seq) : kept(w)
      })
      if (mine !== jumps || how === 'overtaken') return
      if (how === 'failed') showToast(session, t('jump.failed'))
      else if (seq) session.target.value = { who, seq }
    },
    /** The first page of a chat. @param {number} who */
    open(who) {
      const chat = session.data.peek().chats.get(who)
      if (!chat?.new) return last(who)
      if (chat.new <= FEW) return last(who, chat.read + 1)
      return load(who, 'all', { around: chat.read + 1, limit: PAGE * 2 }, (w, page) => middle(who, w, page, chat.read + 1))
    },
    /** The eye nears the upper edge: a few more, and in time another page. @param {number} who */
    older(who) {
      const w = windowOf(who)
      if (w?.state !== 'ready' || w.paging === 'loading-all' || !hasOlder(w.range)) return
      const { above, further } = w.range
      if (above.length) setIn(session.windows, who, { ...w, range: drawOlder(w.range) })
      if (!further || above.length > LOW || w.paging !== 'idle') return
      const before = oldest(w.range)
      load(who, 'older', { before, limit: PAGE }, (now, page) => joinedOlder(now, page, before))
    },
    /** @param {number} who */
    newer(who) {
      const w = windowOf(who)
      if (w?.state !== 'ready' || w.paging === 'loading-all' || !hasNewer(w.range)) return
      const { below, later } = w.range
      if (below.length) setIn(session.windows, who, { ...w, range: drawNewer(w.range) })
      if (!later || below.length > LOW || w.paging !== 'idle') return
      const after = newest(w.range)
      load(who, 'newer', { after, limit: PAGE }, (now, page) => joinedNewer(now, page, after))
    },
    /** Back to the end, from a window that has left it. Where that fails the window stays, and nobody is taken away from it later.
     * @param {number} who @param {import('../words/index.js').Key} [failed] */
    async toEnd(who, failed = 'log.failed') {
      this.again(who)
      const range = shown(windowOf(who))
      if (!range || !hasNewer(range) || await last(who) !== 'failed') return
      session.toEnd.value = false
      this.again(who)
      showToast(session, t(failed))
    },
    /** The same part of the chat once more, after events were missed. @param {number} who */
    refresh(who) {
      const range = shown(windowOf(who))
      if (!range?.items.length || (session.endOf.peek() === who && !hasNewer(range))) return last(who)
      const at = range.items[Math.floor(range.items.length / 2)].seq
      return load(who, 'all', { around: at, limit: DRAWN_MAX }, (w, page) => middle(who, w, page, Infinity, DRAWN_MAX))
    },
    /** @param {number} who */
    again(who) {
      const w = windowOf(who)
      if (w) setIn(session.windows, who, retried(w))
    },
    /** Lets go of most of what a chat holds that isn't on screen any more. @param {number} who */
    leave(who) {
      const w = windowOf(who)
      if (w) setIn(session.windows, who, left(w))
    },
  }
}

/** @typedef {ReturnType<typeof createPages>} Pages */
