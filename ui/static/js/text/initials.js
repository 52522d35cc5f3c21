// What stands for a name in a circle: the first letters of its first and last word; of a Chinese name, its last character.

import { split } from './graphemes.js'

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u

/** @param {string} name */
export function initials(name) {
  const chars = split(name.normalize('NFC'))
  if (chars.some((c) => CJK.test(c))) return chars.filter((c) => CJK.test(c)).at(-1) ?? ''
  const words = name.split(/[\s._-]+/u).map((w) => split(w).find((c) => /[\p{L}\p{N}]/u.test(c)) ?? '').filter(Boolean)
  const first = words[0] ?? chars[0] ?? '?'
  return (words.length > 1 ? first + words[words.length - 1] : first).toLocaleUpperCase()
}

/** Which of the ten colours, from the id. @param {number} id */
export const hue = (id) => (id * 7 + 2) % 10
