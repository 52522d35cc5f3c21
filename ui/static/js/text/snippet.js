// One or two lines of a message around what a search found in it.

import { matches } from './fold.js'
import { letterAt } from './graphemes.js'

const BEFORE = 24
const LONG = 140

/** @typedef {{text: string, hit: boolean}} Piece */

/**
 * @param {string} content
 * @param {string} query
 * @returns {Piece[]}
 */
export function snippet(content, query) {
  const found = wholeLetters(content, matches(content, query))
  const start = begin(content, found[0]?.start ?? 0)
  const end = finish(content, start)
  /** @type {Piece[]} */
  const pieces = []
  const add = (/** @type {number} */ a, /** @type {number} */ b, hit = false) => {
    const text = content.slice(a, b).replace(/\s+/g, ' ')
    if (text) pieces.push({ text, hit })
  }
  if (start > 0) pieces.push({ text: '…', hit: false })
  let at = start
  for (const m of found) {
    if (m.start >= end) break
    add(at, m.start)
    add(m.start, Math.min(m.end, end), true)
    at = Math.min(m.end, end)
  }
  add(at, end)
  if (end < content.length) pieces.push({ text: '…', hit: false })
  return pieces
}

/** A mark around a part of a composed emoji would take it apart. @param {string} content @param {import('./fold.js').Range[]} found */
function wholeLetters(content, found) {
  /** @type {import('./fold.js').Range[]} */
  const whole = []
  for (const m of found) {
    const last = whole[whole.length - 1]
    const start = letterAt(content, m.start).start
    const end = letterAt(content, m.end - 1).end
    if (last && start < last.end) last.end = end
    else whole.push({ start, end })
    if (end - whole[0].start > LONG) break // what is further away is not shown
  }
  return whole
}

/** A little before the match, where a word begins if there is one. @param {string} content @param {number} hit */
function begin(content, hit) {
  if (hit <= BEFORE) return 0
  const at = hit - BEFORE
  const space = content.slice(at, hit - BEFORE / 2).search(/\s/)
  return letterAt(content, space >= 0 ? at + space + 1 : at).start
}

/** At least one letter, however long. @param {string} content @param {number} start */
function finish(content, start) {
  const end = letterAt(content, start + LONG).start
  return end > start ? end : letterAt(content, start).end
}
