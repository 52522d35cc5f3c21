// The doors: first start, joining, signing in, and waiting for a host that doesn't answer.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { chosenHost, otherHosts } from './otherhosts.js'
import { languages } from './languages.js'
import { logo } from './logo.js'

/** @param {App} app */
export function door(app) {
  const phase = app.phase.value
  if (phase === 'loading') return nothing
  const inside = phase === 'setup' ? setup(app) : phase === 'join' ? join(app) : phase === 'lost' ? lost(app) : signin(app)
  return html`<div class="gate"><div class=${phase === 'setup' && app.doorState.value.token ? 'card growing' : 'card'}>${logo()}${inside}</div><footer>${languages(app)}</footer></div>`
}

/** @param {(form: FormData) => void} go */
const submit = (go) => (/** @type {any} */ e) => {
  e.preventDefault()
  go(new FormData(e.target))
}

/** @param {FormData} form @param {string} name */
const field = (form, name) => String(form.get(name) ?? '').trim()

/** @param {App} app */
function wrong(app) {
  const { error, suggestion } = app.doorState.value
  return html`<p class="wrong" role="alert">${error ? words(app, error) : nothing}</p>
    ${error === 'conflict' ? html`<button type="button" class="button wide" @click=${(/** @type {any} */ e) => take(e.target.form, suggestion)}>${t('door.suggest', { name: suggestion })}</button>` : nothing}`
}

/** @param {HTMLFormElement} form @param {string} name */
function take(form, name) {
  /** @type {any} */ (form.elements.namedItem('name')).value = name
  form.requestSubmit()
}

/** @param {App} app @param {string} code */
function words(app, code) {
  if (app.phase.value === 'setup' && code === 'unauthorized') return t('door.token')
  switch (code) {
    case 'unauthorized': return t('door.unauthorized')
    case 'forbidden': return t('door.forbidden')
    case 'conflict': return t('door.conflict')
    case 'invalid': case 'bad_request': return t('door.invalid')
    case 'members': return t('door.members')
    case 'link': return t('door.link')
    case 'ended': return t('door.ended')
    case 'other': return t('door.other')
    case 'rate': return t('error', { what: t('error.rate') })
    case 'offline': return t('error', { what: t('error.offline') })
    case 'storage_full': return t('error', { what: t('error.full') })
    default: return t('error', { what: t('error.internal') })
  }
}

/** @param {string} value */
const nameField = (value) => html`<label class="field"><span>${t('name.yours')}</span>
  <input name="name" required maxlength="40" autocomplete="nickname" autofocus dir="auto" .value=${value}></label>`

/** @param {App} app */
function setup(app) {
  const { token, busy } = app.doorState.value
  if (!token) return html`<h1>${t('setup.closed.title')}</h1><p>${t('setup.closed.text')}</p>`
  return html`${chosenHost(app)}<form @submit=${submit((f) => app.door.setup(field(f, 'name')))}><h1>${t('setup.title')}</h1><p>${t('setup.text')}</p>
    ${nameField(app.host.value?.suggest ?? '')}${wrong(app)}
    <button type="submit" class="button main wide" ?disabled=${busy}>${t('setup.go')}</button></form>${otherHosts(app)}`
}

/** @param {App} app */
function join(app) {
  const { code, busy, error } = app.doorState.value
  const known = code && error !== 'forbidden'
  return html`<form @submit=${submit((f) => app.door.join(known ? code : field(f, 'code'), field(f, 'name')))}>
    <h1>${t('join.title', { title: app.host.value?.title || 'Duologue' })}</h1><p>${t('join.text')}</p>
    ${nameField('')}
    ${known ? nothing : html`<label class="field"><span>${t('code')}</span><input name="code" required autocomplete="off" autocapitalize="none" spellcheck="false" .value=${code}></label>`}
    ${wrong(app)}
    <button type="submit" class="button main wide" ?disabled=${busy}>${t('join.go')}</button>
    <button type="button" class="link" @click=${() => app.door.show('signin')}>${t('join.other')}</button></form>`
}

/** @param {App} app */
function signin(app) {
  return html`<form @submit=${submit((f) => app.door.signin(field(f, 'name'), String(f.get('password') ?? '')))}>
    <h1>${t('signin.title')}</h1><p>${t('signin.text')}</p>
    <label class="field"><span>${t('name')}</span><input name="name" required maxlength="40" autocomplete="username" autofocus dir="auto"></label>
    <label class="field"><span>${t('password')}</span><input name="password" type="password" required autocomplete="current-password"></label>
    ${wrong(app)}
    <button type="submit" class="button main wide" ?disabled=${app.doorState.value.busy}>${t('signin.go')}</button>
    <button type="button" class="link" @click=${() => app.door.show('join')}>${t('signin.other')}</button>
    <p class="help">${t('signin.help')}</p></form>`
}

/** @param {App} app */
const lost = (app) => html`<h1>${t('lost.title')}</h1><p role="status">${t('lost.text')}</p>
  <button type="button" class="button wide" @click=${() => app.door.boot()}>${t('banner.now')}</button>`
