// What people count as one letter: with its marks, or an emoji that is composed of several.

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null

/** Where the browser can't say it: what belongs to the character before it, and what the next one belongs to. */
const JOINS = /^[\p{M}\u200d\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\u1160-\u11ff\udc00-\udfff]/u
const HOLDS = /\u200d$/u

/** @param {string} text @returns {string[]} joined, they are the text */
export function split(text) {
  if (segmenter) return [...segmenter.segment(text)].map((s) => s.segment)
  /** @type {string[]} */
  const letters = []
  for (const c of text) {
    const last = letters.length - 1
    if (last >= 0 && (JOINS.test(c) || HOLDS.test(letters[last]))) letters[last] += c
    else letters.push(c)
  }
  return letters
}

/**
 * The letter that a place is in.
 * @param {string} text
 * @param {number} at in code units
 * @returns {{start: number, end: number}} at the end of the text, nothing there
 */
export function letterAt(text, at) {
  if (at >= text.length) return { start: text.length, end: text.length }
  const s = segmenter?.segment(text).containing(at)
  if (s) return { start: s.index, end: s.index + s.segment.length }
  let end = 0
  for (const letter of split(text)) {
    end += letter.length
    if (end > at) return { start: end - letter.length, end }
  }
  return { start: end, end }
}

/** The beginning of a text, of whole letters, as far as they fit. @param {string} text @param {number} units the most, in code units */
export const cut = (text, units) => text.slice(0, letterAt(text, units).start)
