// What can be done with a chat and, for the owner, with the person in it.

/** @import {App} from '../../../types' */
import { t } from '../words/index.js'
import { nameOf } from './people.js'
import { openMenu } from './menu.js'

/** @param {App} app @param {number} who @param {{x: number, y: number} | Element} at */
export function chatMenu(app, who, at) {
  const data = app.data.peek()
  const name = nameOf(app, who)
  const self = who === data?.me.id
  /** @type {import('./menu.js').Item[]} */
  const items = [{
    icon: 'trash', text: t('menu.deleteChat'), danger: true, run: () => {
      app.confirm.value = {
        title: t('sure.chat'), text: self ? t('sure.chat.self') : t('sure.chat.text', { name }), action: t('delete'), danger: true,
        run: () => app.deeds.deleteChat(who),
      }
    },
  }]
  if (data?.me.owner && !self && data.people.has(who)) items.unshift(helpIn(app, who, name), removePerson(app, who, name))
  openMenu(at, t('menu.chat'), items)
}

/** @param {App} app @param {number} who @param {string} name @returns {import('./menu.js').Item} */
const helpIn = (app, who, name) => ({
  icon: 'link', text: t('menu.linkFor', { name }), run: async () => {
    const link = await app.deeds.tell(app.api.linkFor(who))
    if (link) app.notice.value = { title: t('link.for.title', { name }), text: t('link.for.text', { name, n: minutes(app, link.expires) }), link: link.url }
  },
})

/** @param {App} app @param {number} who @param {string} name @returns {import('./menu.js').Item} */
const removePerson = (app, who, name) => ({
  icon: 'removePerson', text: t('menu.removePerson', { name }), danger: true, run: () => {
    app.confirm.value = {
      title: t('sure.person', { name }), text: t('sure.person.text', { name }), action: t('sure.person.go'), danger: true,
      run: async () => { await app.deeds.tell(app.api.removePerson(who)) },
    }
  },
})

/** @param {App} app @param {number} expires */
export const minutes = (app, expires) => Math.max(1, Math.round((expires - app.deeds.now()) / 60_000))
