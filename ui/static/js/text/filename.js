// Names of files: what is kept when one is too long to be shown, and what they are by their type.

import { split } from './graphemes.js'

/** As much of the end stays on screen, so that the kind of file does. */
const TAIL = 10

/** The middle is what may be left out. @param {string} name @returns {[string, string]} */
export function halves(name) {
  const letters = split(name)
  const at = Math.max(0, letters.length - TAIL)
  return [letters.slice(0, at).join(''), letters.slice(at).join('')]
}

const DRAWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])
const PLAYED = new Set(['video/mp4', 'video/webm', 'audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/mp4', 'audio/x-m4a'])

/** What the page does with a file in its place. @param {string} type @returns {'picture' | 'video' | 'audio' | 'file'} */
export function kindOf(type) {
  if (DRAWN.has(type)) return 'picture'
  return PLAYED.has(type) ? /** @type {'video' | 'audio'} */ (type.slice(0, 5)) : 'file'
}
