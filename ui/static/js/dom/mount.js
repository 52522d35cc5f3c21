// Drawing a view into its place, again whenever a signal that it read changes: once per frame at most, however many changed.

import { effect } from '../../vendor/signals-core/signals-core.mjs'
import { render } from '../../vendor/lit-html/lit-html.js'

/** A hidden page gets no frames, but its title and announcer go on. */
const HIDDEN = 60

/** @param {() => void} fn */
export function soon(fn) {
  if (document.visibilityState === 'visible') {
    let done = false
    const once = () => { if (!done) { done = true; fn() } }
    requestAnimationFrame(once)
    // A covered window may get no frames for long without being called hidden.
    setTimeout(once, 250)
  } else setTimeout(fn, HIDDEN)
}

/**
 * What throws leaves the place as it was, and is tried again with the next change: an effect that throws would hear of none.
 * @param {() => void} draw reads signals
 */
export function redraw(draw) {
  /** @type {(() => void) | undefined} */
  let stop
  let waiting = false
  function run() {
    waiting = false
    stop?.()
    let first = true
    stop = effect(() => {
      if (first) {
        first = false
        try {
          draw()
        } catch (e) {
          console.error('not drawn', e)
        }
      } else if (!waiting) {
        waiting = true
        soon(run)
      }
    })
  }
  run()
}

/**
 * @param {HTMLElement} place
 * @param {() => unknown} view
 * @param {{before?: () => void, after?: () => void, lost?: () => void}} [hooks] around each drawing; lost: what had the focus is gone
 */
export function mount(place, view, hooks = {}) {
  redraw(() => {
    const drawn = view()
    hooks.before?.()
    const focused = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null
    render(drawn, place)
    hooks.after?.()
    // A row that moved in its list has lost the focus on the way, and so has one that was drawn anew under its old name.
    if (!focused || document.activeElement !== document.body) return
    const again = focused.isConnected ? focused : focused.id ? document.getElementById(focused.id) : null
    if (again) again.focus({ preventScroll: true })
    else hooks.lost?.()
  })
}
