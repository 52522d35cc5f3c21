// An unbroken run of a chat's messages: some are drawn, a few beyond either end are held ready, so that a page of them is drawn in small
// steps. Pure functions. A run draws nothing only where it holds nothing and the chat has nothing more.

/** @import {Message, MessageRange} from '../../../types' */

/** As many messages are drawn at most, */
export const DRAWN_MAX = 200
/** as many are drawn at first, */
export const BEGIN = 30
/** so many more at once, */
export const STEP = 10
/** and so many are held ready at either end. */
export const SPARE = 100

/** Whether there are older ones than are drawn. @param {MessageRange} r */
export const hasOlder = (r) => r.above.length > 0 || r.further
/** Whether there are newer ones: then a new message does not belong at its end. @param {MessageRange} r */
export const hasNewer = (r) => r.below.length > 0 || r.later

/** The seq of the first of what is held, Infinity for none. @param {MessageRange} r */
export const oldest = (r) => (r.above[0] ?? r.items[0])?.seq ?? Infinity
/** The seq of the last, 0 for none. @param {MessageRange} r */
export const newest = (r) => (r.below.at(-1) ?? r.items.at(-1))?.seq ?? 0
/** All that is held, ascending. @param {MessageRange} r */
export const held = (r) => [...r.above, ...r.items, ...r.below]

/**
 * Whether the first message after one is drawn, or comes at the end: what stands before it is known then, too.
 * @param {MessageRange} r @param {number} seq
 */
export const holdsAfter = (r, seq) => (r.above.at(-1)?.seq ?? (r.further ? Infinity : 0)) <= seq || (r.items[0]?.seq ?? 0) <= seq + 1

/**
 * @param {readonly Message[]} all ascending, without a hole
 * @param {boolean} further there are older ones
 * @param {boolean} later there are newer ones
 * @param {number} [at] the place that is looked at; the end unless it is given
 * @param {number} [drawn] as many are drawn around it
 * @returns {MessageRange | undefined}
 */
export function rangeOf(all, further, later, at = Infinity, drawn = BEGIN) {
  const middle = all.findIndex((m) => m.seq >= at)
  const end = middle < 0 ? all.length : Math.min(all.length, middle + Math.ceil(drawn * 2 / 3))
  const start = Math.max(0, end - drawn)
  return filled({ items: all.slice(start, end), above: all.slice(0, start), below: all.slice(end), further, later })
}

/**
 * Draws what is held ready where nothing else is left to draw.
 * @param {MessageRange} r
 * @returns {MessageRange | undefined} nothing where the chat has messages and none of them is held: they have to be asked for
 */
function filled(r) {
  if (r.items.length) return r
  if (r.above.length) return drawOlder(r)
  if (r.below.length) return drawNewer(r)
  return r.further || r.later ? undefined : r
}

/** Draws a few more of those that are held ready above; what no longer fits at the other end is held ready there. @param {MessageRange} r @returns {MessageRange} */
export function drawOlder(r) {
  const items = [...r.above.slice(-STEP), ...r.items]
  const over = items.splice(DRAWN_MAX)
  const below = [...over, ...r.below]
  return { ...r, items, above: r.above.slice(0, -STEP), below: below.slice(0, SPARE), later: r.later || below.length > SPARE }
}

/** @param {MessageRange} r @returns {MessageRange} */
export function drawNewer(r) {
  const items = [...r.items, ...r.below.slice(0, STEP)]
  const over = items.splice(0, Math.max(0, items.length - DRAWN_MAX))
  const above = [...r.above, ...over]
  return { ...r, items, below: r.below.slice(STEP), above: above.slice(-SPARE), further: r.further || above.length > SPARE }
}

/** Only the newest messages. @param {MessageRange} r one at the end of its chat @returns {MessageRange} */
export function trimmed(r) {
  const above = [...r.above, ...r.items.slice(0, -BEGIN)]
  return { ...r, items: r.items.slice(-BEGIN), above: above.slice(-SPARE), further: r.further || above.length > SPARE }
}

/** A new message. @param {MessageRange} r @param {Message} m @returns {MessageRange} */
export function withNew(r, m) {
  if (hasNewer(r)) return { ...r, later: true }
  return m.seq > newest(r) ? drawNewer({ ...r, below: [m] }) : r
}

/** A changed one in its place. @param {MessageRange} r @param {Message} m @returns {MessageRange | undefined} nothing where it is not held */
export function withChanged(r, m) {
  for (const part of /** @type {const} */ (['items', 'above', 'below'])) {
    if (r[part].some((x) => x.seq === m.seq)) return { ...r, [part]: r[part].map((x) => x.seq === m.seq ? m : x) }
  }
  return undefined
}

/** @param {MessageRange} r @param {number} seq @returns {MessageRange | undefined} nothing where none of the chat's messages is left here */
export function withoutOne(r, seq) {
  const rest = (/** @type {readonly Message[]} */ all) => all.some((m) => m.seq === seq) ? all.filter((m) => m.seq !== seq) : all
  return filled({ ...r, items: rest(r.items), above: rest(r.above), below: rest(r.below) })
}
