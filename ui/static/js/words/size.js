// Sizes and numbers as people say them.

import { intl } from './intl.js'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

/** 480 bytes, 12 kB, 4.7 MB @param {number} n @param {string} lang */
export function bytes(n, lang) {
  let unit = 0
  while (Math.round(n) >= 1000 && unit < UNITS.length - 1) {
    n /= 1000
    unit++
  }
  return intl(Intl.NumberFormat, lang, { style: 'unit', unit: UNITS[unit], unitDisplay: unit ? 'short' : 'long', maximumFractionDigits: unit > 1 && n < 100 ? 1 : 0 }).format(n)
}

/** 1,234 @param {number} n @param {string} lang */
export const count = (n, lang) => intl(Intl.NumberFormat, lang).format(n)

/** 42 % @param {number} part of 1, rounded down @param {string} lang */
export const percent = (part, lang) => intl(Intl.NumberFormat, lang, { style: 'percent', maximumFractionDigits: 0 }).format(Math.floor(part * 100) / 100)
