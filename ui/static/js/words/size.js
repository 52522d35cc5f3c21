// Sizes as people say them.

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

/** 480 bytes, 12 kB, 4.7 MB @param {number} n @param {string} lang */
export function bytes(n, lang) {
  let unit = 0
  while (n >= 1000 && unit < UNITS.length - 1) {
    n /= 1000
    unit++
  }
  return new Intl.NumberFormat(lang, { style: 'unit', unit: UNITS[unit], unitDisplay: unit ? 'short' : 'long', maximumFractionDigits: unit > 1 && n < 100 ? 1 : 0 }).format(n)
}
