// The conversation's place on screen across drawings: opened at the first unread or at the end, brought to a message that somebody
// goes to, and otherwise kept where it was.

/** @import {App, HistoryWindow} from '../../../types' */
import { atEnd, remember, restore, show, toEnd } from '../dom/scroller.js'

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
  const whoNow = () => app.route.peek().name === 'chat' ? app.route.peek().who : 0
  const isAtEnd = () => app.endOf.peek() > 0 && app.endOf.peek() === whoNow()
  // Another width breaks the lines anew, another height moves the end.
  const resized = new ResizeObserver(() => {
    const log = logNow()
    if (log && log === shown && place) putBack(log, place)
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
    const t = app.windows.peek().get(who)
    if (log !== shown || !t) return
    app.endOf.value = atEnd(log) && !t.newer ? who : 0
    place = look(log)
    if (asked) return
    if (t.more && log.scrollTop < AHEAD) app.pages.older(who)
    if (t.newer && log.scrollHeight - log.scrollTop - log.clientHeight < AHEAD) app.pages.newer(who)
    asked = app.windows.peek().get(who) !== t
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

  /** Whether somebody goes to a message that is here now. @param {HTMLElement} log @param {HistoryWindow} t */
  function aim(log, t) {
    const target = app.target.peek()
    if (!target || target.who !== whoNow() || t.loading === 'first') return false
    app.target.value = null
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
      const t = app.windows.peek().get(whoNow())
      if (!log) {
        shown = null
        app.endOf.value = 0
        return
      }
      if (!t || (t.loading === 'first' && log !== shown)) return
      if (log !== shown) begin(log)
      else if (app.toEnd.peek() && !t.newer && t.loading !== 'first') toEnd(log)
      else if (place) putBack(log, place)
      aim(log, t)
      if (!t.newer && t.loading !== 'first') app.toEnd.value = false
      measure(log)
    },
    scrolled: measure,
  }
}
