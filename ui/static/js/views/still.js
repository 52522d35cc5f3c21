// The conversation's place on screen across drawings: opened at the first unread or at the end, then kept where it was.

/** @import {App} from '../../../types' */
import { atEnd, remember, restore, show, toEnd } from '../dom/scroller.js'

/** Pages are fetched before the eye reaches their edge, px. */
const AHEAD = 900

/** @param {App} app @param {HTMLElement} pane */
export function keepStill(app, pane) {
  /** @type {HTMLElement | null} the log whose first place was found */
  let shown = null
  /** @type {import('../dom/scroller.js').Place | null} */
  let place = null
  const logNow = () => /** @type {HTMLElement | null} */ (pane.querySelector('.log'))
  const whoNow = () => app.route.peek().name === 'chat' ? app.route.peek().who : 0
  const resized = new ResizeObserver(() => {
    const log = logNow()
    if (log && log === shown && app.endOf.peek() === whoNow()) toEnd(log)
  })

  /** @param {HTMLElement} log */
  function measure(log) {
    const who = whoNow()
    const t = app.threads.peek().get(who)
    if (log !== shown || !t) return
    app.endOf.value = atEnd(log) && !t.newer ? who : 0
    if (t.items.length && log.scrollTop < AHEAD) app.past.older(who)
    if (t.newer && log.scrollHeight - log.scrollTop - log.clientHeight < AHEAD) app.past.newer(who)
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

  return {
    before() {
      const log = logNow()
      place = log && log === shown ? remember(log, app.endOf.peek() === whoNow() && app.endOf.peek() > 0) : null
    },
    after() {
      const log = logNow()
      const t = app.threads.peek().get(whoNow())
      if (!log) {
        shown = null
        app.endOf.value = 0
        return
      }
      if (!t || (t.loading === 'first' && log !== shown)) return
      if (log !== shown) begin(log)
      else if (app.toEnd.peek() && !t.newer && t.loading !== 'first') toEnd(log)
      else if (place) restore(log, place)
      if (!t.newer && t.loading !== 'first') app.toEnd.value = false
      measure(log)
    },
    scrolled: measure,
  }
}
