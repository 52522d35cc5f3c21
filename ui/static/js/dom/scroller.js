// Keeping a conversation still. Before each drawing it remembers what the eye rests on, afterwards it puts that back; at the end it
// stays at the end. The browser's own anchoring is off: it gives up at the top, and one browser has none.

/** px within which the end counts as reached */
const NEAR = 32

/** @typedef {{end: boolean, id?: string, top?: number}} Place */

/** @param {HTMLElement} log */
export const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR

/** @param {HTMLElement} log */
export function toEnd(log) {
  log.scrollTop = log.scrollHeight
}

/**
 * @param {HTMLElement} log
 * @param {boolean} end whether it is to stay at its end
 * @returns {Place}
 */
export function remember(log, end) {
  if (end) return { end }
  const top = log.getBoundingClientRect().top
  for (const m of log.querySelectorAll('.m')) {
    const box = m.getBoundingClientRect()
    if (box.bottom > top + 1) return { end, id: m.id, top: box.top }
  }
  return { end }
}

/** @param {HTMLElement} log @param {Place} place */
export function restore(log, place) {
  if (place.end) return toEnd(log)
  const m = place.id ? document.getElementById(place.id) : null
  if (m && place.top !== undefined) {
    const moved = m.getBoundingClientRect().top - place.top
    if (Math.abs(moved) >= 1) log.scrollTop += moved
  }
}

/** Brings something to the upper third. @param {HTMLElement} log @param {Element} target */
export function show(log, target) {
  log.scrollTop += target.getBoundingClientRect().top - log.getBoundingClientRect().top - log.clientHeight / 4
}
