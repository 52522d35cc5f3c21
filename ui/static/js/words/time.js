// Times in words that fit their place. All of them take the language and, for tests, the zone.

import { intl } from './intl.js'

/**
 * @param {string} lang
 * @param {Intl.DateTimeFormatOptions} options
 */
const format = (lang, options) => intl(Intl.DateTimeFormat, lang, options)

/** 14:08 @param {number} ms @param {string} lang @param {string} [timeZone] */
export const clock = (ms, lang, timeZone) => format(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(ms)

/** Numbers, by their names: how a language writes a whole date changes from browser to browser. @param {number} ms @param {string} [timeZone] */
function calendar(ms, timeZone) {
  const parts = format('en-u-ca-gregory-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone }).formatToParts(ms)
  const part = (/** @type {string} */ name) => Number(parts.find((p) => p.type === name)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}

/** A number that is the same for all moments of one day. @param {number} ms @param {string} [timeZone] */
export function dayOf(ms, timeZone) {
  const { year, month, day } = calendar(ms, timeZone)
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000)
}

/** @param {number} a @param {number} b @param {string} [timeZone] */
const sameYear = (a, b, timeZone) => calendar(a, timeZone).year === calendar(b, timeZone).year

/** today, yesterday, as the language says it @param {number} days 0 or -1 @param {string} lang */
const relative = (days, lang) => intl(Intl.RelativeTimeFormat, lang, { numeric: 'auto' }).format(days, 'day')

/** @param {number} ms @param {number} now @param {string} lang @param {string} [timeZone] */
function date(ms, now, lang, timeZone) {
  return sameYear(ms, now, timeZone)
    ? format(lang, { day: 'numeric', month: 'short', timeZone }).format(ms)
    : format(lang, { day: 'numeric', month: 'numeric', year: '2-digit', timeZone }).format(ms)
}

/** For a row of a list: 14:02, yesterday, Mon, 3 May. @param {number} ms @param {number} now @param {string} lang @param {string} [timeZone] */
export function brief(ms, now, lang, timeZone) {
  const days = dayOf(now, timeZone) - dayOf(ms, timeZone)
  if (days <= 0) return clock(ms, lang, timeZone)
  if (days === 1) return relative(-1, lang)
  if (days < 7) return format(lang, { weekday: 'short', timeZone }).format(ms)
  return date(ms, now, lang, timeZone)
}

/** For a line between days: Today, Yesterday, Monday 3 May. @param {number} ms @param {number} now @param {string} lang @param {string} [timeZone] */
export function day(ms, now, lang, timeZone) {
  const days = dayOf(now, timeZone) - dayOf(ms, timeZone)
  if (days === 0 || days === 1) return capital(relative(-days, lang), lang)
  return format(lang, { weekday: 'long', day: 'numeric', month: 'long', timeZone,
    ...(sameYear(ms, now, timeZone) ? {} : { year: 'numeric' }) }).format(ms)
}

/** For a tooltip and for lists of devices: day and time. @param {number} ms @param {string} lang @param {string} [timeZone] */
export const full = (ms, lang, timeZone) => format(lang, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone }).format(ms)

/** Within a sentence: "14:02", "yesterday 14:02", "3 May 14:02". @param {number} ms @param {number} now @param {string} lang @param {string} [timeZone] */
export function moment(ms, now, lang, timeZone) {
  const at = clock(ms, lang, timeZone)
  return dayOf(now, timeZone) === dayOf(ms, timeZone) ? at : `${brief(ms, now, lang, timeZone)} ${at}`
}

/** @param {string} text @param {string} lang */
const capital = (text, lang) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1)
