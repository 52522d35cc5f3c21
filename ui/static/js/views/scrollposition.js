// The conversation's place on screen across drawings: opened at the first unread or at the end, brought to a message that somebody
// goes to, and otherwise kept where it was.

/** @import {App, HistoryWindow, Session} from '../../../types' */
import { atEnd as scrolledToEnd, drawsNewest, remember, restore, show, toEnd } from '../dom/scroller.js'
import { hasNewer, hasOlder } from '../proto/messagerange.js'
import { atEnd, settled, shown as rangeShown } from '../proto/window.js'

/** Pages are fetched long before the eye reaches their edge, px. */
const AHEAD = 2000
/** How long a message that was gone to is marked, ms. */
const MARKED = 2000

/** @param {App} app @param {HTMLElement} pane */
export function keepScrollPosition(app, pane) {
  /** @type {HTMLElement | null} the log whose first place was found */
  let shown = null
  /** @type {import('../dom/scroller.js').Place | null} */
  let place = null
  /** where the log stood when place was taken */
  let stood = NaN
  /** more was asked for, and isn't drawn yet */
  let asked = false
  const logNow = () => /** @type {HTMLElement | null} */ (pane.querySelector('.log'))
  const now = () => app.session.peek()
  const windowNow = () => now()?.windows.peek().get(whoNow())
  const whoNow = () => app.route.peek().name === 'chat' ? app.route.peek().who : 0
  const isAtEnd = () => whoNow() > 0 && now()?.endOf.peek() === whoNow()
  // Another width breaks the lines anew, another height moves the end.
  const resized = new ResizeObserver(() => {
    const log = logNow()
    if (!log || log !== shown) return
    if (place) putBack(log, place)
    measure(log)
  })

  /** What the eye rests on. Unless somebody scrolled it is what it was, so that parts of a pixel don't add up. @param {HTMLElement} log */
  function look(log) {
    if (place && log.scrollTop === stood && place.end === isAtEnd()) return place
    stood = log.scrollTop
    return remember(log, isAtEnd())
  }

  /** @param {HTMLElement} log @param {import('../dom/scroller.js').Place} old */
  function putBack(log, old) {
    place = restore(log, old) ? old : null
    stood = log.scrollTop
  }

  /** @param {HTMLElement} log */
  function measure(log) {
    const who = whoNow()
    const session = now()
    const w = windowNow()
    if (log !== shown || !session || !w) return
    const range = rangeShown(w)
    session.newestDrawn.value = drawsNewest(log)
    session.endOf.value = range && scrolledToEnd(log) && !hasNewer(range) ? who : 0
    place = look(log)
    if (asked || !range) return
    if (hasOlder(range) && log.scrollTop < AHEAD) session.pages.older(who)
    if (hasNewer(range) && log.scrollHeight - log.scrollTop - log.clientHeight < AHEAD) session.pages.newer(who)
    asked = windowNow() !== w
  }

  /** @param {HTMLElement} log */
  function begin(log) {
    shown = log
    resized.disconnect()
    resized.observe(log)
    const line = log.querySelector('#line')
    if (line && log.getBoundingClientRect().top + log.scrollHeight - line.getBoundingClientRect().top > log.clientHeight) show(log, line)
    else toEnd(log)
  }

  /** Whether somebody goes to a message that is here now. @param {Session} session @param {HTMLElement} log @param {HistoryWindow} w */
  function aim(session, log, w) {
    const target = session.target.peek()
    if (!target || target.who !== whoNow() || !settled(w)) return false
    session.target.value = null
    const m = /** @type {HTMLElement | null} */ (log.querySelector(`[data-seq="${target.seq}"]`))
    if (!m) return false
    show(log, m)
    // Whoever goes from match to match stays in the field.
    if (!document.activeElement?.closest('.searchbar')) m.focus({ preventScroll: true })
    m.dataset.hit = ''
    setTimeout(() => { delete m.dataset.hit }, MARKED)
    return true
  }

  return {
    before() {
      asked = false
      const log = logNow()
      place = log && log === shown ? look(log) : null
    },
    after() {
      const log = logNow()
      const session = now()
      const w = windowNow()
      if (!log || !session) {
        shown = null
        if (session) session.endOf.value = 0
        return
      }
      if (!w) return
      if (w.state === 'opening') {
        shown = null
        return
      }
      if (log !== shown) begin(log)
      else if (session.toEnd.peek() && atEnd(w)) toEnd(log)
      else if (place) putBack(log, place)
      aim(session, log, w)
      if (atEnd(w)) session.toEnd.value = false
      measure(log)
    },
    scrolled: measure,
  }
}
