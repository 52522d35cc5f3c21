// A long press on a touch screen, for what the other mouse button does elsewhere.

const LONG = 450
const SLIP = 10

/**
 * @param {HTMLElement} place
 * @param {(target: Element, at: {x: number, y: number}) => void} pressed
 */
export function longPress(place, pressed) {
  /** @type {any} */
  let timer = null
  let x = 0
  let y = 0
  const cancel = () => clearTimeout(timer)
  place.addEventListener('pointerdown', (e) => {
    cancel()
    if (e.pointerType === 'mouse') return
    ;({ clientX: x, clientY: y } = e)
    const target = /** @type {Element} */ (e.target)
    timer = setTimeout(() => pressed(target, { x, y }), LONG)
  })
  place.addEventListener('pointermove', (e) => { if (Math.hypot(e.clientX - x, e.clientY - y) > SLIP) cancel() })
  for (const end of ['pointerup', 'pointercancel', 'scroll']) place.addEventListener(end, cancel)
}
