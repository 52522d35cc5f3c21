// Finding addresses in a text: http, https, mailto, and bare mail addresses. It returns pieces; somebody else builds elements.

/** @typedef {{text: string, href?: string}} Piece */

// An address ends at a space, a quote, and at anything Chinese, Japanese or Korean: those sentences have no space before it.
const BODY = String.raw`[^\s<>"'“”‘’\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]`
/** With the character before it, if there is one: browsers that are still in use cannot look behind. */
const FIND = new RegExp(String.raw`(^|[^\p{L}\p{N}_])(https?:\/\/${BODY}+|(?:mailto:)?[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)`, 'giu')
const PAIRS = /** @type {Record<string, string>} */ ({ ')': '(', ']': '[', '}': '{' })

/**
 * @param {string} text
 * @returns {Piece[]} in order; joined, their texts are the text
 */
export function linkify(text) {
  /** @type {Piece[]} */
  const pieces = []
  let end = 0
  for (const match of text.matchAll(FIND)) {
    const found = trim(match[2])
    const href = safe(found)
    if (!href) continue
    const start = match.index + match[1].length
    if (start > end) pieces.push({ text: text.slice(end, start) })
    pieces.push({ text: found, href })
    end = start + found.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Punctuation at the end belongs to the sentence, a closing bracket to the address only if it was opened there. @param {string} found */
function trim(found) {
  /** @type {Record<string, number>} brackets that are closed more often than opened */
  const extra = {}
  for (const [close, open] of Object.entries(PAIRS)) extra[close] = count(found, close) - count(found, open)
  let end = found.length
  for (; end > 0; end--) {
    const last = found[end - 1]
    if (last in extra ? extra[last]-- <= 0 : !/[.,;:!?*_~]/.test(last)) break
  }
  return found.slice(0, end)
}

/** @param {string} text @param {string} char */
const count = (text, char) => text.split(char).length - 1

/** @param {string} found @returns {string} an address that may be clicked, or nothing */
function safe(found) {
  try {
    const url = new URL(/^(https?:|mailto:)/i.test(found) ? found : `mailto:${found}`)
    const hosted = url.protocol === 'http:' || url.protocol === 'https:'
    return (hosted && url.hostname) || url.protocol === 'mailto:' ? url.href : ''
  } catch {
    return ''
  }
}
