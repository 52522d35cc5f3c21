// What can be done with a message. A copy and a removal always; a change and a recall of my own while the host allows them.

/** @import {App, Message, Outgoing} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { splitCode } from '../text/code.js'
import { limitMarks } from '../text/limitmarks.js'
import { t } from '../words/index.js'
import { touch } from './composer.js'
import { copyAndSay } from './copyrow.js'
import { showDetails } from './messagedetails.js'
import { forward, mayForward } from './forward.js'
import { openMenu } from './menu.js'
import { rich } from './richtext.js'
import { copyText, edit, mayEdit, mayRecall, mayReply, recall, remove, replyTo, withdraw } from './messageactions.js'

/** @param {App} app @param {number} who @param {Message} m @param {{x: number, y: number} | Element} at */
export function messageMenu(app, who, m, at) {
  const quoted = m.reply?.seq
  /** @type {import('./menu.js').Item[]} */
  const items = []
  if (mayReply(app, who, m)) items.push({ icon: 'reply', text: t('menu.reply'), run: () => replyTo(app, who, m) })
  if (m.content) items.push({ icon: 'copy', text: t('copy'), run: () => { copyText(app, m) } })
  const code = splitCode(limitMarks(m.content)).filter((p) => p.kind !== 'text').map((p) => p.text)
  if (code.length) items.push({ icon: 'copy', text: t('copy.code'), run: () => { copyAndSay(app, code.join('\n')) } })
  if (m.content && touch()) items.push({ icon: 'select', text: t('menu.text'), run: () => { app.panel.value = { title: t('menu.text'), view: () => html`<div class="selectable" dir="auto">${rich(app, m.content)}</div>` } } })
  if (mayForward(m)) items.push({ icon: 'forward', text: t('menu.forward'), run: () => forward(app, m) })
  if (mayEdit(app, who, m)) items.push({ icon: 'pencil', text: t('menu.edit'), run: () => edit(app, who, m) })
  if (mayRecall(app, who, m)) items.push({ icon: 'undo', text: t('menu.recall'), run: () => recall(app, who, m) })
  if (quoted) items.push({ icon: 'quote', text: t('quote.go'), run: () => { app.pages.jump(who, quoted) } })
  items.push({ icon: 'check', text: t('menu.pick'), run: () => app.selection.toggle(who, m) },
    { icon: 'clock', text: t('details'), run: () => showDetails(app, who, m) },
    { icon: 'trash', text: t('menu.remove'), danger: true, run: () => remove(app, who, m) })
  openMenu(app, at, t('menu.message'), items)
}

/** @param {App} app @param {Outgoing} e @param {{x: number, y: number} | Element} at */
export function entryMenu(app, e, at) {
  /** @type {import('./menu.js').Item[]} */
  const items = []
  if (e.content) items.push({ icon: 'copy', text: t('copy'), run: () => { copyAndSay(app, e.content) } })
  if (e.state === 'failed') items.push({ icon: 'retry', text: t('retry'), run: () => app.live.outbox()?.retry(e.cid) })
  if (e.state === 'failed' || !e.tried) items.push({ icon: 'trash', text: t('delete'), danger: true, run: () => withdraw(app, e) })
  if (items.length) openMenu(app, at, t('menu.message'), items)
}
