// Keeping a conversation still. Before each drawing it remembers what the eye rests on, afterwards it puts that back; at the end it
// stays at the end. The browser's own anchoring is off: it gives up at the top, and one browser has none.

/** px within which the end counts as reached */
const NEAR = 32
/** px, as much of a message as can be read */
const LINE = 16
/** The next ones stand in for a message that goes in the same moment. */
const SPARE = 4

/** @typedef {{end: boolean, seen: {id: string, top: number}[]}} Place */

/** @param {HTMLElement} log */
export const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight <= NEAR

/** Whether a line of the newest message is on screen. A window that is hardly higher than what stands above and below it draws none. @param {HTMLElement} log */
export function drawsNewest(log) {
  let m = log.querySelector('.col')?.lastElementChild
  while (m && !m.matches('.m')) m = m.previousElementSibling
  const [box, at] = [log, m ?? log].map((x) => x.getBoundingClientRect())
  return Math.min(box.bottom, at.bottom, innerHeight) - Math.max(box.top, at.top, 0) >= LINE
}

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
  /** @type {Place} */
  const place = { end, seen: [] }
  if (end) return place
  const rows = log.querySelector('.col')?.children ?? []
  for (let i = firstBelow(rows, log.getBoundingClientRect().top + 1); i < rows.length && place.seen.length < SPARE; i++) {
    if (rows[i].matches('.m')) place.seen.push({ id: rows[i].id, top: rows[i].getBoundingClientRect().top })
  }
  return place
}

/** The rows stand one below the other, so looking at a few of them is enough. @param {ArrayLike<Element>} rows @param {number} y */
function firstBelow(rows, y) {
  let low = 0
  for (let high = rows.length; low < high;) {
    const middle = (low + high) >> 1
    if (rows[middle].getBoundingClientRect().bottom > y) high = middle
    else low = middle + 1
  }
  return low
}

/** @param {HTMLElement} log @param {Place} place @returns {boolean} whether there was something to go by */
export function restore(log, place) {
  if (place.end) toEnd(log)
  for (const { id, top } of place.seen) {
    const m = document.getElementById(id)
    if (!m) continue
    const moved = m.getBoundingClientRect().top - top
    if (Math.abs(moved) >= 1) log.scrollTop += moved
    return true
  }
  return place.end
}

/** Brings something to the upper third. @param {HTMLElement} log @param {Element} target */
export function show(log, target) {
  log.scrollTop += target.getBoundingClientRect().top - log.getBoundingClientRect().top - log.clientHeight / 4
}
