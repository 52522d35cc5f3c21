// What can be done with a message. A copy and a removal always; a change and a recall of my own while the host allows them.

/** @import {Session, Message, Outgoing} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { touch } from '../dom/touch.js'
import { splitCode } from '../text/code.js'
import { limitMarks } from '../text/limitmarks.js'
import { t } from '../words/index.js'
import { copyAndSay } from './copyrow.js'
import { showDetails } from './messagedetails.js'
import { forward, mayForward } from './forward.js'
import { openMenu } from './menu.js'
import { rich } from './richtext.js'
import { copyText, edit, mayEdit, mayRecall, mayReply, recall, remove, replyTo, withdraw } from './messageactions.js'

/** @param {Session} session @param {number} who @param {Message} m @param {{x: number, y: number} | Element} at */
export function messageMenu(session, who, m, at) {
  const quoted = m.reply?.seq
  /** @type {import('./menu.js').Item[]} */
  const items = []
  if (mayReply(session, who, m)) items.push({ icon: 'reply', text: t('menu.reply'), run: () => replyTo(session, who, m) })
  if (m.content) items.push({ icon: 'copy', text: t('copy'), run: () => { copyText(session, m) } })
  const code = splitCode(limitMarks(m.content)).filter((p) => p.kind !== 'text').map((p) => p.text)
  if (code.length) items.push({ icon: 'copy', text: t('copy.code'), run: () => { copyAndSay(session, code.join('\n')) } })
  if (m.content && touch()) items.push({ icon: 'select', text: t('menu.text'), run: () => { session.panel.value = { title: t('menu.text'), view: () => html`<div class="selectable" dir="auto">${rich(session, m.content)}</div>` } } })
  if (mayForward(m)) items.push({ icon: 'forward', text: t('menu.forward'), run: () => forward(session, m) })
  if (mayEdit(session, who, m)) items.push({ icon: 'pencil', text: t('menu.edit'), run: () => edit(session, who, m) })
  if (mayRecall(session, who, m)) items.push({ icon: 'undo', text: t('menu.recall'), run: () => recall(session, who, m) })
  if (quoted) items.push({ icon: 'quote', text: t('quote.go'), run: () => { session.pages.jump(who, quoted) } })
  items.push({ icon: 'check', text: t('menu.pick'), run: () => session.selection.toggle(who, m) },
    { icon: 'clock', text: t('details'), run: () => showDetails(session, who, m) },
    { icon: 'trash', text: t('menu.remove'), danger: true, run: () => remove(session, who, m) })
  openMenu(session, at, t('menu.message'), items)
}

/** @param {Session} session @param {Outgoing} e @param {{x: number, y: number} | Element} at */
export function entryMenu(session, e, at) {
  /** @type {import('./menu.js').Item[]} */
  const items = []
  if (e.content) items.push({ icon: 'copy', text: t('copy'), run: () => { copyAndSay(session, e.content) } })
  if (e.state === 'failed') items.push({ icon: 'retry', text: t('retry'), run: () => session.actions.retry(e.cid) })
  if (e.state === 'failed' || !e.tried) items.push({ icon: 'trash', text: t('delete'), danger: true, run: () => withdraw(session, e) })
  if (items.length) openMenu(session, at, t('menu.message'), items)
}
