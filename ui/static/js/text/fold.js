// Text as the host searches it: case, half and full width and accents make no difference; other marks, such as vowel signs, stay.
// And where in a text a match stands, for the eye.

/** @param {string} text */
export function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase()
  return [...text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')].map(oneCase).join('').normalize('NFC')
}

/** Up in between, for what is two letters there. The small i without a dot is a letter of its own. @param {string} c */
const oneCase = (c) => c === 'ı' ? c : c.toLowerCase().toUpperCase().toLowerCase()

/** What joins the character before it: marks, and the later parts of a Korean syllable. */
const JOINS = /^[\p{M}\u1160-\u11ff]/u

/** @typedef {{start: number, end: number}} Range */

/**
 * All places of a query in a text, one behind the other. Several within what one character is folded to are one place.
 * @param {string} text
 * @param {string} query
 * @returns {Range[]}
 */
export function matches(text, query) {
  const wanted = fold(query.trim())
  if (!wanted || !fold(text).includes(wanted)) return []
  /** @type {number[]} where in the text each unit of the folded text comes from */
  const from = []
  /** @type {number[]} */
  const upto = []
  let folded = ''
  for (const { start, end } of units(text)) {
    const f = fold(text.slice(start, end))
    folded += f
    for (let i = 0; i < f.length; i++) {
      from.push(start)
      upto.push(end)
    }
  }
  /** @type {Range[]} */
  const found = []
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const start = from[at]
    const end = upto[at + wanted.length - 1]
    const last = found[found.length - 1]
    if (last && start < last.end) last.end = end
    else found.push({ start, end })
  }
  return found
}

/** Characters with what joins them. @param {string} text @returns {Range[]} */
function units(text) {
  /** @type {Range[]} */
  const out = []
  let at = 0
  for (const c of text) {
    const last = out.at(-1)
    if (last && JOINS.test(c.normalize('NFKD'))) last.end = at + c.length
    else out.push({ start: at, end: at + c.length })
    at += c.length
  }
  return out
}
