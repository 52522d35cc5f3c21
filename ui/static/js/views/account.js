// My name, and the password that lets me in from anywhere.

/** @import {App} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'

/** @param {App} app @param {string} name */
export const nameForm = (app, name) => html`<form class="inline" @submit=${(/** @type {any} */ e) => rename(app, e)}>
  <label class="field"><span>${t('name')}</span><input name="name" required maxlength="40" autocomplete="nickname" dir="auto" .value=${name}></label>
  <button type="submit" class="button">${t('settings.rename')}</button></form>`

/** @param {App} app @param {any} e */
async function rename(app, e) {
  e.preventDefault()
  const name = String(new FormData(e.target).get('name') ?? '').trim()
  if (await app.actions.tell(app.api.patchMe({ name }), { conflict: 'door.conflict', invalid: 'door.invalid' })) app.actions.toast(t('saved'))
}

/** @param {App} app @param {string} name */
export const passwordForm = (app, name) => html`<form class="stack" @submit=${async (/** @type {any} */ e) => {
    e.preventDefault()
    const form = new FormData(e.target)
    const old = String(form.get('old') ?? '')
    const done = await app.actions.tell(app.api.patchMe({ password: String(form.get('new')), ...(old ? { old_password: old } : {}) }),
      { forbidden: 'settings.password.wrong', invalid: 'settings.password.long' })
    if (!done) return
    e.target.reset()
    app.actions.toast(t('saved'))
  }}>
  <input class="offscreen" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${name}>
  <label class="field"><span>${t('settings.password.new')}</span><input name="new" type="password" required minlength="8" maxlength="200" autocomplete="new-password"></label>
  <label class="field"><span>${t('settings.password.old')}</span><input name="old" type="password" autocomplete="current-password"></label>
  <p class="soft">${t('settings.password.short')}</p>
  <button type="submit" class="button">${t('save')}</button></form>`
