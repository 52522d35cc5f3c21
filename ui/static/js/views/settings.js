// What belongs to me: name, language, password, devices, the way out.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { backButton } from './chat.js'
import { devices } from './devices.js'
import { icon } from './icons.js'
import { languages } from './languages.js'
import { notices } from './notices.js'

/** @param {App} app */
export function settings(app) {
  const me = app.data.value?.me
  if (!me) return nothing
  return html`<header class="head">${backButton(app)}<div class="title"><h1>${t('settings')}</h1></div></header>
    <div class="sheet"><div class="page">
      <section><h2>${t('settings.you')}</h2>
        <form class="inline" @submit=${(/** @type {any} */ e) => rename(app, e)}>
          <label class="field"><span>${t('name')}</span><input name="name" required maxlength="40" autocomplete="nickname" dir="auto" .value=${me.name}></label>
          <button type="submit" class="button">${t('settings.rename')}</button></form>
        ${me.receipts === undefined ? nothing : html`<label class="check"><input type="checkbox" .checked=${me.receipts}
          @change=${(/** @type {any} */ e) => receipts(app, e.target)}><span>${t('settings.receipts')}</span></label>`}
      </section>
      <section><h2>${t('settings.language')}</h2>${languages(app)}</section>
      <section><h2>${t('notice.title')}</h2>${notices(app)}</section>
      <section><h2>${t('settings.devices')}</h2>${devices(app)}</section>
      <section><h2>${t('settings.password')}</h2><p class="soft">${t('settings.password.text')}</p>${password(app, me.name)}</section>
      <section><button type="button" class="button danger" @click=${() => leave(app)}>${icon('signout')}${t('settings.signout')}</button>
        <p class="soft about">${t('settings.about', { version: app.host.value?.version ?? '' })}</p></section>
    </div></div>`
}

/** @param {App} app @param {any} e */
async function rename(app, e) {
  e.preventDefault()
  const name = String(new FormData(e.target).get('name') ?? '').trim()
  try {
    await app.api.patchMe({ name })
    app.deeds.say(t('saved'))
  } catch (x) {
    const code = /** @type {any} */ (x).code
    if (code === 'conflict') app.deeds.say(t('gate.conflict'))
    else if (code === 'invalid') app.deeds.say(t('gate.invalid'))
    else app.deeds.tell(Promise.reject(x))
  }
}

/** @param {App} app @param {HTMLInputElement} box */
async function receipts(app, box) {
  const me = await app.deeds.tell(app.api.patchMe({ receipts: box.checked }))
  if (!me) box.checked = !box.checked
  else if (app.data.peek()) app.data.value = { .../** @type {any} */ (app.data.peek()), me: { ...app.data.peek()?.me, ...me } }
}

/** @param {App} app @param {string} name */
const password = (app, name) => html`<form class="stack" @submit=${async (/** @type {any} */ e) => {
    e.preventDefault()
    const form = new FormData(e.target)
    const old = String(form.get('old') ?? '')
    const done = await app.deeds.tell(app.api.patchMe({ password: String(form.get('new')), ...(old ? { old_password: old } : {}) }))
    if (!done) return
    e.target.reset()
    app.deeds.say(t('saved'))
  }}>
  <input class="offscreen" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${name}>
  <label class="field"><span>${t('settings.password.new')}</span><input name="new" type="password" required minlength="8" maxlength="200" autocomplete="new-password"></label>
  <label class="field"><span>${t('settings.password.old')}</span><input name="old" type="password" autocomplete="current-password"></label>
  <p class="soft">${t('settings.password.short')}</p>
  <button type="submit" class="button">${t('save')}</button></form>`

/** @param {App} app */
function leave(app) {
  const n = app.outbox.peek().length
  app.confirm.value = {
    title: t('sure.signout'), text: n ? `${t('sure.signout.waiting', { n })} ${t('sure.signout.text')}` : t('sure.signout.text'),
    action: t('settings.signout'), danger: true, run: () => app.deeds.signOut(),
  }
}
