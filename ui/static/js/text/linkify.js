// Finding addresses in a text: http, https, mailto, and without a scheme www, an address of this network with its port, and mail.
// An address leads to what its text says, as a whole, or it is text. It returns pieces; somebody else builds elements.

import { plainName } from './hostname.js'

/** @typedef {{text: string, href?: string}} Piece */

/** Han, kana and Hangul: their sentences have no space before or after an address. */
const CJK = String.raw`\u3005\u3007\u3040-\u30fa\u30fc-\u30ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}`
/** What no address goes beyond: spaces, quotes, and the wide punctuation of those scripts. */
const ENDS = String.raw`\s<>"“”‘\u2e80-\u3004\u3006\u3008-\u303f\u30fb\uff00-\uffef`
const EMOJI = String.raw`\p{Extended_Pictographic}\p{RI}`
/** What mail programs allow before the at sign; most of it is here only so that none of it is left out. */
const LOCAL = String.raw`[^${CJK}${ENDS}${EMOJI}@,;:()[\]\\]`
const NUMBERS = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d|\/(?![\d${CJK}]))`

/** Where an address may begin, with the character before it, if there is one: browsers that are still in use cannot look behind. */
const BEGINS = String.raw`(^|[${CJK}]|[^\p{L}\p{N}_])(https?:\/\/)|(^|[${CJK}]|[^\p{L}\p{N}_.@\/-])(?:www\.(?=[^.])|(?=${NUMBERS}))|(^|[${CJK}${ENDS}${EMOJI}@,;:()[\]\\])((?:mailto:)?${LOCAL}{1,64}@)`
const RUN = new RegExp(String.raw`[^${ENDS}]*`, 'uy')
const AUTHORITY = new RegExp(String.raw`[^${ENDS}\/?#]*`, 'uy')
/** A name or a number, and a port. A sentence may follow, but no more of the name. */
const HOST = /^(\[[\da-f:.]+\]|[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*)(:\d{1,5})?/iu
const ASCII = /^[\0-\x7f]*$/
/** The last part of a name is of one script: what joins it is the sentence. */
const SENTENCE = new RegExp(String.raw`(\.?[\da-z-]*[a-z]|:\d+|\.\d+|\])([${CJK}].*)$`, 'iu')
const AFTER = new RegExp(String.raw`^(?:$|[,;!|)}\]*~…—]|[.:'’]+(?:$|[${CJK},;!)])|[${CJK}${EMOJI}])`, 'u')
// Han and the like belong to a path where a part of it begins with them, but not behind the slash after the host: browsers put
// that there, and a sentence follows. An apostrophe within a word is the address's.
const PLAIN = String.raw`(?:[^${CJK}${ENDS}${EMOJI}'’\/?#&=_]|['’](?=[\p{L}\p{N}_]))`
const PATH = new RegExp(String.raw`(?:[?#]|\/(?![${CJK}]))(?:[\/?#&=_](?:[${CJK}](?:${PLAIN}|[${CJK}])*)?|${PLAIN})*`, 'uy')
const DOMAIN = /[a-z\d-]+(?:\.[a-z\d-]+)+/iy
const PAIRS = /** @type {Record<string, string>} */ ({ ')': '(', ']': '[', '}': '{' })

/**
 * @param {string} text
 * @returns {Piece[]} in order; joined, their texts are the text
 */
export function linkify(text) {
  /** @type {Piece[]} */
  const pieces = []
  const begins = new RegExp(BEGINS, 'giu')
  let end = 0
  for (let match; (match = begins.exec(text));) {
    const from = match.index + (match[1] ?? match[3] ?? match[4] ?? '').length
    const found = match[5] ? mail(text, from, match[5]) : web(text, from, match[2] ?? '')
    if (found.href) {
      const start = found.start ?? from
      if (start > end) pieces.push({ text: text.slice(end, start) })
      pieces.push({ text: text.slice(start, found.end), href: found.href })
      end = found.end
    }
    // The last character of an address may be the one before the next.
    begins.lastIndex = Math.max(found.end, match.index + 1)
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** @typedef {{start?: number, end: number, href: string}} Found where it begins if that is later, where to go on, and the address that may be clicked, or nothing */

/** @param {RegExp} sticky @param {string} text @param {number} at */
function read(sticky, text, at) {
  sticky.lastIndex = at
  return sticky.exec(text)?.[0] ?? ''
}

/** @param {string} text @param {number} start @param {string} scheme may be empty @returns {Found} */
function web(text, start, scheme) {
  const at = start + scheme.length
  const none = () => ({ end: at + read(RUN, text, at).length, href: '' })
  const authority = read(AUTHORITY, text, at)
  const after = text.slice(at + authority.length, at + authority.length + 2)
  // Somebody's name before the host, what stands for other characters, and a full stop that browsers read as a dot.
  if (/[@%\\]/.test(authority) || /^[。．｡][a-z\d]/i.test(after)) return none()
  const cut = SENTENCE.exec(authority)
  const named = cut && !/[.@]\S/.test(cut[2]) ? authority.slice(0, authority.length - cut[2].length) : authority
  const host = HOST.exec(named)
  if (!host || !scheme && !host[1].includes('.') || !AFTER.test(authority.slice(host[0].length)) || !plainName(host[1])) return none()
  let end = at + host[0].length
  if (host[0] === authority) end += read(PATH, text, end).length
  const found = trim(text.slice(start, end))
  if (/[\p{Cf}\p{Cc}\\]/u.test(found)) return none()
  try {
    const url = new URL(scheme ? found : `http://${found}`)
    const same = !ASCII.test(host[1]) || host[1][0] === '[' || url.hostname === host[1].toLowerCase()
    return same && !url.username && !url.password ? { end: start + found.length, href: url.href } : none()
  } catch {
    return none()
  }
}

/** @param {string} text @param {number} from @param {string} whole what stands before the domain, with the @ @returns {Found} */
function mail(text, from, whole) {
  const before = whole.replace(/^['*~_{]+/, '')
  const at = from + whole.length
  const start = at - before.length
  const domain = read(DOMAIN, text, at)
  const none = { end: at, href: '' }
  const next = String.fromCodePoint(text.codePointAt(at + domain.length) ?? 32)
  if (!domain || !/^(?:mailto:)?[a-z\d_+][\w+'-]*(?:\.[\w+'-]+)*@$/i.test(before) || !new RegExp(`[${CJK}]|[^\\p{L}\\p{N}\\p{M}\\p{Cf}_@%\\\\]`, 'u').test(next)) return none
  const found = text.slice(start, at + domain.length).replace(/-+$/, '')
  return { start, end: start + found.length, href: new URL(/^mailto:/i.test(found) ? found : `mailto:${found}`).href }
}

/** Punctuation at the end belongs to the sentence, a closing bracket to the address only if it was opened there. @param {string} found */
function trim(found) {
  /** @type {Record<string, number>} brackets that are closed more often than opened */
  const extra = {}
  for (const [close, open] of Object.entries(PAIRS)) extra[close] = count(found, close) - count(found, open)
  let end = found.length
  for (; end > 0; end--) {
    const last = found[end - 1]
    if (last in extra ? extra[last]-- <= 0 : !/[.,;:!?*_~'’…—\p{Cf}]/u.test(last)) break
  }
  return found.slice(0, end)
}

/** @param {string} text @param {string} char */
const count = (text, char) => text.split(char).length - 1
