// What can be done with a message. A copy and a removal always; a change and a recall of my own while the host allows them.

/** @import {App, Entry, Message} from '../../../types' */
import { EDIT_FOR, RECALL_FOR } from '../state/deeds.js'
import { t } from '../words/index.js'
import { copyAndSay } from './copyrow.js'
import { openMenu } from './menu.js'
import { nameOf } from './people.js'

/** @param {App} app @param {number} who @param {Message} m @param {{x: number, y: number} | Element} at */
export function messageMenu(app, who, m, at) {
  const me = app.data.peek()?.me.id
  const name = nameOf(app, who)
  const age = m.user === me && !m.recalled ? app.deeds.now() - m.date : Infinity
  /** @type {import('./menu.js').Item[]} */
  const items = []
  if (m.content) items.push({ icon: 'copy', text: t('copy'), run: () => { copyAndSay(app, m.content) } })
  if (!m.recalled) items.push({ icon: 'reply', text: t('menu.reply'), run: () => {
    app.deeds.reply(who, m)
    document.getElementById('box')?.focus()
  } })
  const quoted = m.reply?.seq
  if (quoted) items.push({ icon: 'quote', text: t('quote.go'), run: () => { app.past.jump(who, quoted) } })
  if (age < EDIT_FOR) items.push({ icon: 'pencil', text: t('menu.edit'), run: () => { app.editing.value = { who, message: m, text: m.content } } })
  if (age < RECALL_FOR && who !== me) {
    items.push({ icon: 'undo', text: t('menu.recall'), run: () => {
      app.confirm.value = {
        title: t('sure.recall'), text: t('sure.recall.text', { name }), action: t('sure.recall.go'), danger: true,
        run: async () => { await app.deeds.recall(who, m) },
      }
    } })
  }
  items.push({ icon: 'trash', text: t('menu.remove'), danger: true, run: () => {
    app.confirm.value = {
      title: t('sure.remove'), text: who === me ? t('sure.remove.self') : t('sure.remove.text', { name }), action: t('delete'), danger: true,
      run: async () => { await app.deeds.removeMessage(who, m) },
    }
  } })
  openMenu(at, t('menu.message'), items)
}

/** @param {App} app @param {Entry} e @param {{x: number, y: number} | Element} at */
export function entryMenu(app, e, at) {
  /** @type {import('./menu.js').Item[]} */
  const items = [{ icon: 'copy', text: t('copy'), run: () => { copyAndSay(app, e.content) } }]
  if (e.state === 'failed') items.push({ icon: 'retry', text: t('retry'), run: () => app.live.outbox()?.retry(e.cid) })
  if (e.state === 'failed' || !e.tried) items.push({ icon: 'trash', text: t('delete'), danger: true, run: () => app.live.outbox()?.withdraw(e.cid) })
  openMenu(at, t('menu.message'), items)
}
