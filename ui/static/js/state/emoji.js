// The emoji: loaded when somebody first wants one, found by words of both languages, those used lately first. What this
// computer's font cannot draw is left out.

import { signal } from '../../vendor/signals-core/signals-core.mjs'

/** @typedef {{emoji: string, group: number, version: number, annotation: string, tags?: string[], skins?: {emoji: string, tone: number | number[]}[]}} Raw */
/** @typedef {{emoji: string, group: number, en: string, zh: string, words: string[], skins?: Raw['skins']}} Emoji */
/** @typedef {{version: number, flags: boolean}} Drawable the newest emoji that can be drawn, and whether countries' flags can */
/** @typedef {{load(lang: 'en' | 'zh'): Promise<Raw[]>, drawable(): Drawable}} Source */

/** As the data numbers them; 2 holds only parts of others. */
export const GROUPS = /** @type {const} */ ([0, 1, 3, 4, 5, 6, 7, 8, 9])
export const RECENT = -1
const LATELY = 40
const FOUND = 120
const FLAG = /^\p{RI}\p{RI}$/u

/** @param {Raw[]} en @param {Raw[]} zh @param {Drawable} can @returns {Emoji[]} */
export function merge(en, zh, can) {
  const chinese = new Map(zh.map((e) => [e.emoji, e]))
  return en.filter((e) => e.group !== 2 && e.version <= can.version && (can.flags || !FLAG.test(e.emoji))).map((e) => {
    const other = chinese.get(e.emoji)
    const words = [e.annotation, ...e.tags ?? [], other?.annotation ?? '', ...other?.tags ?? []].map((w) => w.toLowerCase())
    return { emoji: e.emoji, group: e.group, en: e.annotation, zh: other?.annotation ?? e.annotation, words, skins: e.skins }
  })
}

/** How well one word of a search fits: named so, a word of its, the beginning of one, somewhere in Chinese, or not at all. @param {Emoji} e @param {string} term */
function fit(e, term) {
  if (e.en.toLowerCase() === term || e.zh === term) return 4
  if (e.words.includes(term)) return 3
  if (e.words.some((w) => w.startsWith(term) || w.includes(` ${term}`))) return 2
  return /[^\x00-\x7f]/.test(term) && e.words.some((w) => w.includes(term)) ? 1 : 0
}

/** @param {readonly Emoji[]} all @param {string} query @returns {Emoji[]} the best first */
export function search(all, query) {
  const terms = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  return all.map((e) => ({ e, fits: terms.map((term) => /** @type {number} */ (e.emoji === term ? 5 : fit(e, term))) }))
    .filter(({ fits }) => fits.every(Boolean))
    .map(({ e, fits }) => ({ e, score: fits.reduce((sum, fit) => sum + fit, 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, FOUND)
    .map(({ e }) => e)
}

/** In the chosen tone, where it has one. @param {Emoji} e @param {number} tone 0: none */
export const toned = (e, tone) => tone ? e.skins?.find((s) => s.tone === tone)?.emoji ?? e.emoji : e.emoji

const KEY = 'duologue-emoji'

/** @param {Pick<Storage, 'getItem' | 'setItem'>} local @returns {string[]} */
function lately(local) {
  try {
    const kept = JSON.parse(local.getItem(`${KEY}-recent`) ?? '[]')
    return Array.isArray(kept) ? kept.filter((e) => typeof e === 'string').slice(0, LATELY) : []
  } catch {
    return []
  }
}

/**
 * @param {Pick<Storage, 'getItem' | 'setItem'>} local
 * @param {Source} source
 */
export function createEmoji(local, source) {
  const all = signal(/** @type {readonly Emoji[] | null} */ (null))
  /** as they were when they were last opened or chosen: none moves from under a finger */
  const recent = signal(lately(local))
  const tone = signal(Number(local.getItem(`${KEY}-tone`)) || 0)
  const group = signal(/** @type {number} */ (recent.peek().length ? RECENT : GROUPS[0]))
  const query = signal('')
  const open = signal(false)
  const failed = signal(false)

  async function load() {
    if (all.peek()) return
    failed.value = false
    try {
      const [en, zh] = await Promise.all([source.load('en'), source.load('zh')])
      all.value = merge(en, zh, source.drawable())
    } catch {
      failed.value = true
    }
  }

  return {
    all, recent, tone, group, query, open, failed,
    load,
    /** @param {boolean} to */
    show(to) {
      if (to === open.peek()) return
      if (to) load()
      recent.value = lately(local)
      query.value = ''
      group.value = recent.peek().length ? RECENT : GROUPS[0]
      open.value = to
    },
    /** @param {number} kind */
    choose(kind) {
      recent.value = lately(local)
      query.value = ''
      group.value = kind
    },
    /** What is on offer now: what was searched for, what was used lately, or one kind. Reads signals. @returns {{text: string, of: Emoji}[]} */
    shown() {
      const list = all.value ?? []
      const words = query.value.trim()
      const dress = (/** @type {readonly Emoji[]} */ found) => found.map((e) => ({ text: toned(e, tone.value), of: e }))
      if (words) return dress(search(list, words))
      if (group.value !== RECENT) return dress(list.filter((e) => e.group === group.value))
      const by = new Map(list.flatMap((e) => [[e.emoji, e], ...(e.skins ?? []).map((s) => /** @type {[string, Emoji]} */ ([s.emoji, e]))]))
      return recent.value.flatMap((text) => by.has(text) ? [{ text, of: /** @type {Emoji} */ (by.get(text)) }] : [])
    },
    /** @param {string} text */
    used(text) {
      const next = [text, ...lately(local).filter((e) => e !== text)].slice(0, LATELY)
      local.setItem(`${KEY}-recent`, JSON.stringify(next))
    },
    /** @param {number} to */
    paint(to) {
      local.setItem(`${KEY}-tone`, String(to))
      tone.value = to
    },
  }
}
