// What is said about a person: by which name they go here, and whether they are here.

/** @import {Session, User} from '../../../types' */
import { limitMarks } from '../text/limitmarks.js'
import { locale, t } from '../words/index.js'
import { intl } from '../words/intl.js'
import { moment } from '../words/time.js'

/** The chat with oneself has a name of its own. @param {Session} session @param {number} who */
export function nameOf(session, who) {
  const data = session.data.value
  if (who === data.me.id) return t('devices')
  return limitMarks(data.people.get(who)?.name ?? data.chats.get(who)?.name ?? '')
}

/** Whether there is somebody to write to. @param {Session} session @param {number} who */
export function mayWrite(session, who) {
  const data = session.data.value
  return who === data.me.id || data.people.has(who)
}

/** @param {Session} session @param {number} who */
export function presenceOf(session, who) {
  const data = session.data.value
  if (who === data.me.id) return t('devices.here')
  const person = data.people.get(who)
  if (!person) return data.chats.has(who) ? t('removed') : ''
  return presence(session, person)
}

/** While the host is out of reach, nobody is known to be here. @param {Session} session @param {number} who */
export const isHere = (session, who) => !session.cutOff.value && session.data.value.people.get(who)?.online === true

/** @param {Session} session @param {User} person */
export function presence(session, person) {
  if (session.cutOff.value) return ''
  if (person.online) return t('here')
  return person.seen ? t('seen', { time: moment(person.seen, session.minute.value, locale()) }) : t('away')
}

/** Everybody but me: who is here first, then by name. @param {Session} session */
export function everybody(session) {
  const data = session.data.value
  const order = intl(Intl.Collator, locale(), { sensitivity: 'base', numeric: true })
  return [...data.people.values()].filter((u) => u.id !== data.me.id)
    .sort((a, b) => Number(b.online ?? false) - Number(a.online ?? false) || order.compare(a.name, b.name))
}
