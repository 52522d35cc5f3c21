// A message handed on to somebody else, with its files: the host has them already.

/** @import {App, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { newCid } from '../proto/cid.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { everybody, nameOf } from './people.js'

/** Files whose bytes I gave up can't be handed on. @param {Message} m */
const kept = (m) => (m.files ?? []).filter((f) => !f.gone)

/** @param {Message} m */
export const mayForward = (m) => !m.recalled && (!!m.content.trim() || kept(m).length > 0)

/** @param {App} app @param {Message} m */
export function forward(app, m) {
  // Nobody moves under the pointer while one chooses.
  const order = [...everybody(app).map((u) => u.id), app.data.peek()?.me.id ?? 0]
  app.panel.value = { title: t('forward.to'), view: () => chooser(app, m, order) }
}

/** @param {App} app @param {Message} m @param {number[]} order */
function chooser(app, m, order) {
  const me = app.data.value?.me.id
  return html`<ul class="chooser">${order.map((who) => html`<li><button type="button" class="row" @click=${() => send(app, who, m)}>
    ${avatar({ id: who, name: nameOf(app, who), self: who === me })}<b dir="auto">${nameOf(app, who)}</b></button></li>`)}</ul>`
}

/** @param {App} app @param {number} who @param {Message} m */
function send(app, who, m) {
  app.panel.value = null
  const files = kept(m)
  const box = app.live.outbox()
  if (!box) return
  box.give({
    cid: newCid(), to: who, content: m.content, date: app.env.clock.now(),
    ...(files.length ? { files: files.map((f) => f.id), parts: files.map((f) => ({ name: f.name, size: f.size, type: f.type, as: /** @type {const} */ ('file'), width: 0, height: 0, id: f.id, at: f.size, done: true })) } : {}),
  })
  app.actions.toast(t('forward.goes', { name: nameOf(app, who) }))
}
