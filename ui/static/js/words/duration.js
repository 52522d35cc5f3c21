// How long something still takes, as people say it.

import { intl } from './intl.js'

const UNITS = /** @type {const} */ (['second', 'minute', 'hour'])

/** 14 sec, 3 min, 2 hrs @param {number} seconds @param {string} lang */
export function duration(seconds, lang) {
  let unit = 0
  let n = Math.max(1, seconds)
  while (n >= 90 && unit < UNITS.length - 1) {
    n /= 60
    unit++
  }
  return intl(Intl.NumberFormat, lang, { style: 'unit', unit: UNITS[unit], unitDisplay: 'short', maximumFractionDigits: 0 }).format(n)
}

/** Whole minutes, at least one. @param {number} then ms @param {number} now ms */
export const minutesUntil = (then, now) => Math.max(1, Math.round((then - now) / 60_000))
