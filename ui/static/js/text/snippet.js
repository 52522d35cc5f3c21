// One or two lines of a message around what a search found in it.

import { matches } from './fold.js'

const BEFORE = 24
const LONG = 140

/** @typedef {{text: string, hit: boolean}} Piece */

/**
 * @param {string} content
 * @param {string} query
 * @returns {Piece[]}
 */
export function snippet(content, query) {
  const found = matches(content, query)
  const start = begin(content, found[0]?.start ?? 0)
  const end = Math.min(content.length, start + LONG)
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

/** A little before the match, where a word begins if there is one, and never within a pair of halves. @param {string} content @param {number} hit */
function begin(content, hit) {
  if (hit <= BEFORE) return 0
  const at = hit - BEFORE
  const space = content.slice(at, hit - BEFORE / 2).search(/\s/)
  if (space >= 0) return at + space + 1
  return /[\udc00-\udfff]/.test(content[at]) ? at + 1 : at
}
