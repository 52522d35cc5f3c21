// Finding people by what one types for a name: its letters, the first letters of its words, and of Chinese characters the first
// letters of their pinyin, in any mixture. Which letter that is, the browser's own Chinese collation knows: it sorts by pinyin.

import { fold } from './fold.js'

const LETTERS = 'abcdefghjklmnopqrstwxyz'
/** The first common character of each letter, in that order. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀'
/** Characters that are read otherwise as a family name than the collation sorts them. */
const FAMILY = new Map(Object.entries({ 曾: 'z', 翟: 'z', 单: 's', 單: 's', 仇: 'q', 解: 'x', 区: 'o', 區: 'o', 查: 'z', 朴: 'p', 盖: 'g', 蓋: 'g', 乐: 'y', 樂: 'y', 尉: 'y', 员: 'y', 員: 'y', 缪: 'm', 繆: 'm', 折: 's', 隗: 'k', 洗: 'x', 逄: 'p', 秘: 'b', 繁: 'p', 燕: 'y', 種: 'c', 种: 'c', 召: 's', 郇: 'x', 覃: 'q', 谌: 'c', 諶: 'c' }))

const HAN = /^[\u3007\u4e00-\u9fff]$/

/** @type {Intl.Collator | null | undefined} null: this browser sorts Chinese in another way */
let order

function collator() {
  if (order === undefined) {
    order = new Intl.Collator('zh-CN-u-co-pinyin')
    const firsts = [...FIRSTS]
    if (!firsts.every((c, i) => !i || /** @type {Intl.Collator} */ (order).compare(firsts[i - 1], c) < 0)) order = null
  }
  return order
}

/** The letters a character may be typed as; empty for what is not Chinese. @param {string} char */
export function initialsOf(char) {
  const by = collator()
  if (!by || !HAN.test(char)) return ''
  let i = FIRSTS.length - 1
  while (i > 0 && by.compare(char, FIRSTS[i]) < 0) i--
  return LETTERS[i] + (FAMILY.get(char) ?? '')
}

/** @typedef {{text: string, initials: string}} Part a Chinese character, or a word of letters */

/** @type {Map<string, Part[]>} */
const known = new Map()

/** @param {string} name @returns {Part[]} */
function parts(name) {
  let found = known.get(name)
  if (!found) {
    found = (fold(name).match(/[\u3007\u4e00-\u9fff]|(?:(?![\u3007\u4e00-\u9fff])[\p{L}\p{M}\p{N}])+/gu) ?? []).map((text) => ({ text, initials: initialsOf(text) }))
    if (known.size > 5_000) known.clear()
    known.set(name, found)
  }
  return found
}

/**
 * Whether somebody of this name is meant.
 * @param {string} name
 * @param {string} query
 */
export function isMeant(name, query) {
  const wanted = fold(query.trim())
  if (!wanted || fold(name).includes(wanted)) return true
  const typed = wanted.replace(/\s+/g, '')
  const all = parts(name)
  return typed.length > 0 && all.some((_, i) => fits(all, i, typed))
}

/** A part is typed by its initial, or by how it begins. @param {Part[]} all @param {number} i @param {string} typed @returns {boolean} */
function fits(all, i, typed) {
  if (!typed) return true
  const part = all[i]
  if (!part) return false
  if (part.initials.includes(typed[0]) && fits(all, i + 1, typed.slice(1))) return true
  for (let n = 1; n <= part.text.length && part.text[n - 1] === typed[n - 1]; n++) {
    if (fits(all, i + 1, typed.slice(n))) return true
  }
  return false
}
