// How this browser shows the page and takes keys: choices that are kept here and hold in all its tabs.

import { signal } from '../../vendor/signals-core/signals-core.mjs'

/** The first of each is what holds until somebody chooses. */
const VALUES = {
  theme: /** @type {const} */ (['auto', 'light', 'dark']),
  /** which key sends: Enter, or only Ctrl+Enter */
  enter: /** @type {const} */ (['enter', 'ctrl']),
}

/** @typedef {keyof typeof VALUES} Pref */
/** @typedef {{[P in Pref]: typeof VALUES[P][number]}} Values */

const PREFIX = 'duologue-'

/** @param {Pick<Storage, 'getItem' | 'setItem'>} local */
export function createPrefs(local) {
  /** @template {Pref} P @param {P} name @param {string | null} value @returns {Values[P]} */
  const known = (name, value) => VALUES[name].find((v) => v === value) ?? /** @type {any} */ (VALUES[name][0])
  const theme = signal(known('theme', local.getItem(`${PREFIX}theme`)))
  const enter = signal(known('enter', local.getItem(`${PREFIX}enter`)))
  const signals = { theme, enter }

  return {
    ...signals,
    /** @template {Pref} P @param {P} name @param {Values[P]} value */
    choose(name, value) {
      local.setItem(PREFIX + name, value)
      signals[name].value = /** @type {any} */ (value)
    },
    /** Another tab chose. @param {string | null} key @param {string | null} value */
    stored(key, value) {
      for (const name of /** @type {Pref[]} */ (Object.keys(VALUES))) if (key === PREFIX + name) signals[name].value = /** @type {any} */ (known(name, value))
    },
  }
}

/** @typedef {ReturnType<typeof createPrefs>} Prefs */
