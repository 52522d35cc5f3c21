// My name, and the password that lets me in from anywhere.

/** @import {Session} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { showToast } from '../state/toast.js'
import { t } from '../words/index.js'

/** @param {Session} session @param {string} name */
export const nameForm = (session, name) => html`<form class="inline" @submit=${(/** @type {any} */ e) => rename(session, e)}>
  <label class="field"><span>${t('name')}</span><input name="name" required maxlength="40" autocomplete="nickname" dir="auto" .value=${name}></label>
  <button type="submit" class="button">${t('settings.rename')}</button></form>`

/** @param {Session} session @param {any} e */
async function rename(session, e) {
  e.preventDefault()
  const name = String(new FormData(e.target).get('name') ?? '').trim()
  if (await session.settings.rename(name)) showToast(session, t('saved'))
}

/** @param {Session} session @param {string} name */
export const passwordForm = (session, name) => html`<form class="stack" @submit=${async (/** @type {any} */ e) => {
    e.preventDefault()
    const form = new FormData(e.target)
    if (!await session.settings.setPassword(String(form.get('new')), String(form.get('old') ?? ''))) return
    e.target.reset()
    showToast(session, t('saved'))
  }}>
  <input class="offscreen" type="text" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${name}>
  <label class="field"><span>${t('settings.password.new')}</span><input name="new" type="password" required minlength="8" maxlength="200" autocomplete="new-password"></label>
  <label class="field"><span>${t('settings.password.old')}</span><input name="old" type="password" autocomplete="current-password"></label>
  <p class="soft">${t('settings.password.short')}</p>
  <button type="submit" class="button">${t('save')}</button></form>`
