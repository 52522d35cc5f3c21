// The page's words in the chosen language: the browser's, unless somebody chose another. Reading them in a view makes the view
// follow a change of language.

import { signal } from '../../vendor/signals-core/signals-core.mjs'
import { en } from './en.js'
import { intl } from './intl.js'
import { zh } from './zh.js'

/** @typedef {keyof typeof en} Key */
/** @typedef {'en' | 'zh'} Lang */

const DICTIONARIES = { en, zh }
const CHOICE = 'duologue-language'

/** @param {readonly string[]} wanted the browser's list @returns {Lang} */
export function choose(wanted) {
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'en'
}

export const lang = signal(/** @type {Lang} */ ('en'))

/** What Intl wants to hear. */
export const locale = () => lang.value === 'zh' ? 'zh-CN' : 'en-GB'

/** @param {Pick<Storage, 'getItem'>} local @param {readonly string[]} wanted */
export function startWords(local, wanted) {
  const chosen = local.getItem(CHOICE)
  lang.value = chosen === 'en' || chosen === 'zh' ? chosen : choose(wanted)
}

/** @param {Pick<Storage, 'setItem'>} local @param {Lang} to */
export function speak(local, to) {
  local.setItem(CHOICE, to)
  lang.value = to
}

/**
 * The words of a key. `{name}` is filled in; where an entry has plural forms, `n` chooses. A key that came out of what somebody
 * else said may have none, and stands for itself: nothing is worth a page that can't be drawn.
 * @param {Key} key
 * @param {Record<string, string | number>} [fill]
 * @returns {string}
 */
export function t(key, fill = {}) {
  return say(DICTIONARIES[lang.value][key] ?? key, locale(), fill)
}

/**
 * @param {string | {one?: string, other: string}} entry
 * @param {string} locale
 * @param {Record<string, string | number>} fill
 */
export function say(entry, locale, fill) {
  const form = typeof entry === 'string' ? entry : (intl(Intl.PluralRules, locale).select(Number(fill.n)) === 'one' && entry.one) || entry.other
  return form.replace(/\{(\w+)\}/g, (whole, name) => String(fill[name] ?? whole))
}
