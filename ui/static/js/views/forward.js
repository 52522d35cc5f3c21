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
  app.panel.value = { title: t('forward.to'), view: () => chooser(app, m) }
}

/** @param {App} app @param {Message} m */
function chooser(app, m) {
  const me = app.data.value?.me.id ?? 0
  return html`<ul class="chooser">${[...everybody(app).map((u) => u.id), me].map((who) => html`<li><button type="button" class="row" @click=${() => send(app, who, m)}>
    ${avatar({ id: who, name: nameOf(app, who), self: who === me })}<b dir="auto">${nameOf(app, who)}</b></button></li>`)}</ul>`
}

/** @param {App} app @param {number} who @param {Message} m */
function send(app, who, m) {
  app.panel.value = null
  const files = kept(m)
  app.live.outbox()?.give({
    cid: newCid(), to: who, content: m.content, date: app.env.clock.now(),
    ...(files.length ? { files: files.map((f) => f.id), parts: files.map((f) => ({ name: f.name, size: f.size, type: f.type, as: /** @type {const} */ ('file'), width: 0, height: 0, id: f.id, at: f.size, done: true })) } : {}),
  })
  app.deeds.say(t('forward.done', { name: nameOf(app, who) }))
}
