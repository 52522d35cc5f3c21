// A message handed on to somebody else, with its files: the host has them already.

/** @import {Session, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { showToast } from '../state/toast.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { everybody, nameOf } from './people.js'

/** Files whose bytes I gave up can't be handed on. @param {Message} m */
const kept = (m) => (m.files ?? []).filter((f) => !f.gone)

/** @param {Message} m */
export const mayForward = (m) => !m.recalled && (!!m.content.trim() || kept(m).length > 0)

/** @param {Session} session @param {Message} m */
export function forward(session, m) {
  // Nobody moves under the pointer while one chooses.
  const order = [...everybody(session).map((u) => u.id), session.data.peek().me.id ?? 0]
  session.panel.value = { title: t('forward.to'), view: () => chooser(session, m, order) }
}

/** @param {Session} session @param {Message} m @param {number[]} order */
function chooser(session, m, order) {
  const me = session.data.value.me.id
  return html`<ul class="chooser">${order.map((who) => html`<li><button type="button" class="row" @click=${() => send(session, who, m)}>
    ${avatar({ id: who, name: nameOf(session, who), self: who === me })}<b dir="auto">${nameOf(session, who)}</b></button></li>`)}</ul>`
}

/** @param {Session} session @param {number} who @param {Message} m */
function send(session, who, m) {
  session.panel.value = null
  session.actions.forward(who, m, kept(m))
  showToast(session, t('forward.goes', { name: nameOf(session, who) }))
}
