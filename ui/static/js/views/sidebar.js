// The left side: who I am, a field to find people, and the two lists.

/** @import {App, Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { pressed } from '../dom/enter.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { arrows, blanks, chats, entered, people } from './lists.js'
import { everybody, isHere } from './people.js'
import { results } from './search.js'
import { icon } from './icons.js'
import { storageWarning } from './storagewarning.js'
import { logo } from './logo.js'

/** @param {App} app */
export function side(app) {
  const session = app.session.value
  if (app.phase.value !== 'app') return nothing
  if (!session) return html`<div class="top" aria-busy="true"><span class="brand">${logo()}</span></div>${blanks()}`
  const { me } = session.data.value
  const searching = session.filter.value.trim() !== ''
  const title = session.host.value?.title || 'Duologue'
  return html`
    <header class="top">
      <h1 class="brand">${logo()}<span dir="auto">${title}</span></h1>
      <button type="button" class="ic" id="own" title=${t('devices')} aria-label=${t('devices')} @click=${() => session.router.go('chat', me.id)}>${icon('devices')}</button>
      <button type="button" class="ic" id="invite" title=${t('side.invite')} aria-label=${t('side.invite')} @click=${() => session.router.go('invite')}>${icon('invite')}</button>
      <button type="button" class="ic face" id="me" title=${t('side.me', { name: me.name })} aria-label=${t('side.me', { name: me.name })}
        @click=${() => session.router.go('settings')}>${avatar({ id: me.id, name: me.name, size: 'small' })}</button>
    </header>
    <div class="find" role="search" @keydown=${(/** @type {KeyboardEvent} */ e) => keys(session, e)}>
      ${icon('search')}<input type="search" id="find" maxlength="200" autocomplete="off" enterkeyhint="search" placeholder=${t('side.find')} aria-label=${t('side.find')} .value=${live(session.filter.value)}
        @input=${(/** @type {any} */ e) => { session.filter.value = e.target.value }}>
    </div>
    ${searching ? nothing : html`${storageWarning(session)}${tabs(session)}`}
    <div class="lists" id="lists" role=${searching ? 'region' : 'tabpanel'} aria-labelledby=${searching ? 'find' : `tab-${session.side.value}`} @keydown=${arrows}
      @focusin=${(/** @type {Event} */ e) => entered(session, e)}>${searching ? results(session) : session.side.value === 'chats' ? chats(session) : people(session)}</div>`
}

/** From the field into what was found; Escape empties it. @param {Session} session @param {KeyboardEvent} e */
function keys(session, e) {
  if (pressed(e, 'Escape') && session.filter.peek()) {
    e.preventDefault()
    session.filter.value = ''
  } else if (pressed(e, 'Enter')) {
    e.preventDefault()
    if (session.filter.peek().trim()) /** @type {HTMLElement | null} */ (document.querySelector('#lists .row'))?.click()
  } else arrows(e)
}

/** @param {Session} session */
function tabs(session) {
  const here = everybody(session).filter((u) => isHere(session, u.id)).length
  const tab = (/** @type {'chats' | 'people'} */ name, /** @type {string} */ text) => html`<button type="button" role="tab" id="tab-${name}"
    aria-selected=${session.side.value === name} aria-controls="lists" @click=${() => { session.side.value = name }}>${text}</button>`
  return html`<div class="seg" role="tablist" aria-label=${t('side.label')}>
    ${tab('chats', t('side.chats'))}${tab('people', here ? t('side.here', { n: here }) : t('side.people'))}</div>`
}
