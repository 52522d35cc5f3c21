// How this browser shows the page and takes keys: choices that are kept here and hold in all its tabs.

/** @import {Signal} from '../../vendor/signals-core/signals-core.mjs' */
import { signal } from '../../vendor/signals-core/signals-core.mjs'

/** The first of each is what holds until somebody chooses. */
const VALUES = {
  theme: /** @type {const} */ (['auto', 'light', 'dark']),
  /** which key sends: Enter, or only Ctrl+Enter */
  enter: /** @type {const} */ (['enter', 'ctrl']),
  'notice-sound': /** @type {const} */ (['on', 'off']),
  'notice-popups': /** @type {const} */ (['off', 'on']),
  'notice-quiet': /** @type {const} */ (['off', 'on']),
}
const NAMES = /** @type {Pref[]} */ (Object.keys(VALUES))

/** @typedef {keyof typeof VALUES} Pref */
/** @typedef {{[P in Pref]: typeof VALUES[P][number]}} Values */

const PREFIX = 'duologue-'

/** @param {Pick<Storage, 'getItem' | 'setItem'>} local */
export function createPrefs(local) {
  /** @template {Pref} P @param {P} name @param {string | null} value @returns {Values[P]} */
  const known = (name, value) => VALUES[name].find((v) => v === value) ?? /** @type {any} */ (VALUES[name][0])
  const signals = /** @type {{[P in Pref]: Signal<Values[P]>}} */ (Object.fromEntries(NAMES.map((name) => [name, signal(known(name, local.getItem(PREFIX + name)))])))

  return {
    ...signals,
    /** @template {Pref} P @param {P} name @param {Values[P]} value */
    choose(name, value) {
      local.setItem(PREFIX + name, value)
      signals[name].value = /** @type {any} */ (value)
    },
    /** Another tab chose. @param {string | null} key @param {string | null} value */
    stored(key, value) {
      for (const name of NAMES) if (key === PREFIX + name) signals[name].value = /** @type {any} */ (known(name, value))
    },
  }
}

/** @typedef {ReturnType<typeof createPrefs>} Prefs */
