// Code in a text: between backticks within a line, or in lines of its own between two lines of three backticks. What isn't closed
// is text.

/** @typedef {{kind: 'text' | 'code' | 'block', text: string}} Part */

const FENCE = /^\s{0,3}```[^`]*$/
const CLOSE = /^\s{0,3}```\s*$/
/** With the character before it, if there is one: browsers that are still in use cannot look behind. */
const INLINE = /(^|[^`])(`{1,2})(?!`)([^`\n]+)\2(?!`)/g

/** @param {string} text @returns {Part[]} in order */
export function splitCode(text) {
  if (!text.includes('`')) return [{ kind: 'text', text }]
  const lines = text.split('\n')
  const closes = closing(lines)
  /** @type {Part[]} */
  const out = []
  let from = 0
  for (let i = 0; i < lines.length; i++) {
    const end = FENCE.test(lines[i]) ? closes[i + 1] ?? -1 : -1
    if (end < 0) continue
    if (i > from) out.push(...inline(lines.slice(from, i).join('\n')))
    out.push({ kind: 'block', text: lines.slice(i + 1, end).join('\n') })
    from = i = end
    from++
  }
  if (from < lines.length) out.push(...inline(lines.slice(from).join('\n')))
  return out
}

/** For each line the next one, itself included, that closes a block, or -1. @param {string[]} lines */
function closing(lines) {
  const next = new Array(lines.length).fill(-1)
  for (let i = lines.length - 1, at = -1; i >= 0; i--) next[i] = at = CLOSE.test(lines[i]) ? i : at
  return next
}

/** @param {string} text @returns {Part[]} */
function inline(text) {
  /** @type {Part[]} */
  const out = []
  let end = 0
  for (const found of text.matchAll(INLINE)) {
    const start = found.index + found[1].length
    if (start > end) out.push({ kind: 'text', text: text.slice(end, start) })
    out.push({ kind: 'code', text: found[3] })
    end = found.index + found[0].length
  }
  if (end < text.length) out.push({ kind: 'text', text: text.slice(end) })
  return out
}
