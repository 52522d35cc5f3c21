// What is said about a person: by which name they go here, and whether they are here.

/** @import {App, User} from '../../../types' */
import { limitMarks } from '../text/limitmarks.js'
import { locale, t } from '../words/index.js'
import { moment } from '../words/time.js'

/** The chat with oneself has a name of its own. @param {App} app @param {number} who */
export function nameOf(app, who) {
  const data = app.data.value
  if (who === data?.me.id) return t('devices')
  return limitMarks(data?.people.get(who)?.name ?? data?.chats.get(who)?.name ?? '')
}

/** Whether there is somebody to write to. @param {App} app @param {number} who */
export function mayWrite(app, who) {
  const data = app.data.value
  return !data || who === data.me.id || data.people.has(who)
}

/** @param {App} app @param {number} who */
export function presenceOf(app, who) {
  const data = app.data.value
  if (who === data?.me.id) return t('devices.here')
  const person = data?.people.get(who)
  if (!person) return data?.chats.has(who) ? t('removed') : ''
  return presence(app, person)
}

/** While the host is out of reach, nobody is known to be here. @param {App} app @param {number} who */
export const isHere = (app, who) => !app.cutOff.value && app.data.value?.people.get(who)?.online === true

/** @param {App} app @param {User} person */
export function presence(app, person) {
  if (app.cutOff.value) return ''
  if (person.online) return t('here')
  return person.seen ? t('seen', { time: moment(person.seen, app.minute.value, locale()) }) : t('away')
}

/** Everybody but me: who is here first, then by name. @param {App} app */
export function everybody(app) {
  const data = app.data.value
  const order = new Intl.Collator(locale(), { sensitivity: 'base', numeric: true })
  return [...data?.people.values() ?? []].filter((u) => u.id !== data?.me.id)
    .sort((a, b) => Number(b.online ?? false) - Number(a.online ?? false) || order.compare(a.name, b.name))
}
