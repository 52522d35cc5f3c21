// One picture under fingers, a mouse and a wheel: larger, moved about, and swiped away when it isn't larger.

const MOST = 8
/** A finger's way that means the next picture, px. */
const SWIPE = 60

/** @param {(step: 1 | -1) => void} swiped */
export function zoomer(swiped) {
  let by = 1
  let x = 0
  let y = 0
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map()
  let way = 0

  /** @param {HTMLElement} frame */
  function draw(frame) {
    const img = frame.querySelector('img')
    if (!img) return
    const room = (/** @type {number} */ side) => side * (by - 1) / 2
    x = Math.max(-room(img.clientWidth), Math.min(room(img.clientWidth), x))
    y = Math.max(-room(img.clientHeight), Math.min(room(img.clientHeight), y))
    img.style.transform = by === 1 ? '' : `translate(${x}px, ${y}px) scale(${by})`
    frame.dataset.zoom = by === 1 ? '' : 'in'
  }

  /** @param {HTMLElement} frame @param {number} to */
  function zoom(frame, to) {
    by = Math.max(1, Math.min(MOST, to))
    draw(frame)
  }

  const spread = () => {
    const [a, b] = [...fingers.values()]
    return Math.hypot(a.x - b.x, a.y - b.y)
  }
  const frameOf = (/** @type {Event} */ e) => /** @type {HTMLElement} */ (e.currentTarget)

  return {
    /** @param {HTMLElement} frame @param {number} factor 0: back to the whole */
    by: (frame, factor) => zoom(frame, factor ? by * factor : 1),
    toggle: (/** @type {HTMLElement} */ frame) => zoom(frame, by === 1 ? 2.5 : 1),
    /** Another picture. */
    reset() {
      by = 1
      x = y = 0
      fingers.clear()
    },
    wheel(/** @type {WheelEvent} */ e) {
      e.preventDefault()
      zoom(frameOf(e), by * 2 ** (-e.deltaY / 300))
    },
    down(/** @type {PointerEvent} */ e) {
      frameOf(e).setPointerCapture(e.pointerId)
      fingers.set(e.pointerId, { x: e.clientX, y: e.clientY })
      way = 0
    },
    move(/** @type {PointerEvent} */ e) {
      const old = fingers.get(e.pointerId)
      if (!old) return
      const before = fingers.size === 2 ? spread() : 0
      fingers.set(e.pointerId, { x: e.clientX, y: e.clientY })
      if (before) return zoom(frameOf(e), by * spread() / before)
      if (by === 1) way += e.clientX - old.x
      else {
        x += e.clientX - old.x
        y += e.clientY - old.y
        draw(frameOf(e))
      }
    },
    up(/** @type {PointerEvent} */ e) {
      if (!fingers.delete(e.pointerId) || fingers.size) return
      if (e.type === 'pointerup' && by === 1 && Math.abs(way) > SWIPE) swiped(way < 0 ? 1 : -1)
      way = 0
    },
  }
}
