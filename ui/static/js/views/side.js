// The left side: who I am, a field to find people, and the two lists.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { chatRow, personRow } from './rows.js'
import { everybody, isHere, matches, nameOf } from './people.js'
import { icon } from './icons.js'
import { mark } from './mark.js'

/** @param {App} app */
export function side(app) {
  const data = app.data.value
  if (!data || app.phase.value !== 'app') return nothing
  const { me } = data
  const title = app.host.value?.title || 'Duologue'
  return html`
    <header class="top">
      <h1 class="brand">${mark()}<span dir="auto">${title}</span></h1>
      <button type="button" class="ic" id="invite" title=${t('side.invite')} aria-label=${t('side.invite')} @click=${() => app.router.go('invite')}>${icon('invite')}</button>
      <button type="button" class="ic face" id="me" title=${t('side.me', { name: me.name })} aria-label=${t('side.me', { name: me.name })}
        @click=${() => app.router.go('settings')}>${avatar({ id: me.id, name: me.name, size: 'small' })}</button>
    </header>
    <div class="find">
      <input type="search" id="find" autocomplete="off" placeholder=${t('side.find')} aria-label=${t('side.find')} .value=${live(app.filter.value)}
        @input=${(/** @type {any} */ e) => { app.filter.value = e.target.value }}>
    </div>
    ${tabs(app)}
    <div class="lists" id="lists" role="tabpanel" aria-labelledby="tab-${app.side.value}" @keydown=${arrows}>${app.side.value === 'chats' && !app.filter.value.trim() ? chats(app) : people(app)}</div>`
}

/** @param {App} app */
function tabs(app) {
  const here = everybody(app).filter((u) => isHere(app, u.id)).length
  const tab = (/** @type {'chats' | 'people'} */ name, /** @type {string} */ text) => html`<button type="button" role="tab" id="tab-${name}"
    aria-selected=${app.side.value === name} aria-controls="lists" @click=${() => { app.side.value = name }}>${text}</button>`
  return html`<div class="seg" role="tablist" aria-label=${t('side.label')}>
    ${tab('chats', t('side.chats'))}${tab('people', here ? t('side.here', { n: here }) : t('side.people'))}</div>`
}

/** Those with something in them, the latest first. @param {App} app */
function chats(app) {
  const data = app.data.value
  const open = app.route.value.name === 'chat' ? app.route.value.who : 0
  const waiting = new Map(app.outbox.value.map((e) => [e.to, e.date]))
  const at = (/** @type {import('../../../types').Chat} */ c) => Math.max(c.last?.date ?? c.date, waiting.get(c.who) ?? 0)
  const shown = [...data?.chats.values() ?? []]
    .filter((c) => c.last || c.draft || c.who === open || waiting.has(c.who) || app.drafts.value.get(c.who))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || at(b) - at(a))
  if (!shown.length) return nobody(app)
  return html`<ul>${repeat(shown, (c) => c.who, (c) => chatRow(app, c))}</ul>`
}

/** @param {App} app */
function people(app) {
  const me = app.data.value?.me
  const filter = app.filter.value.trim()
  const found = everybody(app).filter((u) => matches(u.name, filter))
  const self = me && matches(nameOf(app, me.id), filter) ? [me] : []
  if (!found.length && filter && !self.length) return html`<p class="hint">${t('side.nothing')}</p>`
  return html`<ul>${repeat([...self, ...found], (u) => u.id, (u) => personRow(app, u))}</ul>${found.length || filter ? nothing : alone(app)}`
}

/** @param {App} app */
function nobody(app) {
  return everybody(app).length ? html`<p class="hint">${t('side.none')}</p>${people(app)}` : alone(app)
}

/** @param {App} app */
const alone = (app) => html`<div class="hint"><p>${t('side.alone')}</p>
  <button type="button" class="button" @click=${() => app.router.go('invite')}>${icon('invite')}${t('side.invite')}</button></div>`

/** Up and down through the rows. @param {KeyboardEvent} e */
function arrows(e) {
  const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0
  if (!step) return
  const rows = [.../** @type {HTMLElement} */ (e.currentTarget).querySelectorAll('a')]
  const at = rows.indexOf(/** @type {any} */ (document.activeElement))
  e.preventDefault()
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus()
}
