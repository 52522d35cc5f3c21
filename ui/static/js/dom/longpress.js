// A long press on a touch screen, for what the other mouse button does elsewhere. Some browsers tell of one themselves, before this
// does or after it, and some don't: either way it is told once, and the finger that is lifted afterwards presses nothing.

const LONG = 450
const SLIP = 10

/** @param {HTMLElement} place */
export function longPress(place) {
  /** @type {any} */
  let timer = null
  /** what this press opened is there already */
  let told = false
  let x = 0
  let y = 0
  const cancel = () => clearTimeout(timer)
  place.addEventListener('pointerdown', (e) => {
    cancel()
    told = false
    if (e.pointerType === 'mouse') return
    ;({ clientX: x, clientY: y } = e)
    const target = /** @type {Element} */ (e.target)
    timer = setTimeout(() => {
      told = !target.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y }))
    }, LONG)
  }, true)
  place.addEventListener('pointermove', (e) => { if (Math.hypot(e.clientX - x, e.clientY - y) > SLIP) cancel() })
  for (const end of ['pointerup', 'pointercancel']) place.addEventListener(end, cancel)
  const swallow = (/** @type {Event} */ e) => {
    e.preventDefault()
    e.stopImmediatePropagation()
  }
  place.addEventListener('contextmenu', (e) => {
    if (!e.isTrusted) return
    cancel()
    // The key for menus has no pointer.
    if (told && /** @type {PointerEvent} */ (e).pointerType !== '') swallow(e)
  }, true)
  // A key or a script clicks without a press.
  place.addEventListener('click', (e) => { if (told && e.detail) swallow(e) }, true)
}
