// What belongs to me and to this browser: name, look, keys, notifications, what others see, devices, password, the way out.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { commandKey } from '../dom/command.js'
import { touch } from '../dom/touch.js'
import { t } from '../words/index.js'
import { nameForm, passwordForm } from './account.js'
import { avatar } from './avatar.js'
import { backButton } from './backbutton.js'
import { choice } from './choice.js'
import { devices } from './devices.js'
import { icon } from './icons.js'
import { languages } from './languages.js'
import { notifications } from './notificationsettings.js'
import { openStorage } from './storage.js'
import { program } from './program.js'

/** @param {Session} session */
export function settings(session) {
  const { me } = session.data.value
  return html`<header class="head">${backButton(session)}<div class="title"><h1>${t('settings')}</h1></div></header>
    <div class="sheet" tabindex="-1"><div class="page">
      <section class="me"><h2 class="offscreen">${t('settings.you')}</h2>${avatar({ id: me.id, name: me.name })}${nameForm(session, me.name)}</section>
      <section><h2>${t('settings.look')}</h2>${theme(session)}
        <div class="choice"><p>${t('settings.language')}</p>${languages(session)}</div></section>
      ${touch() ? nothing : html`<section><h2>${t('settings.writing')}</h2>${sending(session)}
        <button type="button" class="button" @click=${() => { session.keysShown.value = true }}>${icon('keyboard')}${t('keys')}</button></section>`}
      <section><h2>${t('notice.title')}</h2>${notifications(session)}</section>
      ${me.receipts === undefined ? nothing : html`<section><h2>${t('settings.receipts')}</h2>
        <label class="check"><input type="checkbox" name="receipts" .checked=${me.receipts} aria-describedby="receipts-text"
          @change=${(/** @type {any} */ e) => receipts(session, e.target)}><span>${t('settings.receipts.do')}</span></label>
        <p class="soft" id="receipts-text">${t('settings.receipts.text')}</p></section>`}
      <section><h2>${t('settings.devices')}</h2>${devices(session)}</section>
      <section><h2>${t('storage')}</h2><p class="soft">${t('storage.text')}</p><button type="button" class="button" @click=${() => openStorage(session)}>${icon('archive')}${t('storage.open')}</button></section>
      <section><h2>${t('settings.password')}</h2><p class="soft">${t('settings.password.text')}</p>${passwordForm(session, me.name)}</section>
      ${program(session)}
      <section><h2>${t('settings.about')}</h2>${about(session)}
        <button type="button" class="button danger" @click=${() => leave(session)}>${icon('signout')}${t('settings.signout')}</button></section>
    </div></div>`
}

/** @param {Session} session */
const theme = (session) => choice('theme', t('settings.theme'), session.prefs.theme.value,
  [['auto', t('settings.theme.auto')], ['light', t('settings.theme.light')], ['dark', t('settings.theme.dark')]],
  (to) => session.prefs.choose('theme', to))

/** @param {Session} session */
const sending = (session) => choice('enter', t('settings.enter'), session.prefs.enter.value,
  [['enter', t('settings.enter.enter')], ['ctrl', `${commandKey()}+Enter`]],
  (to) => session.prefs.choose('enter', to))

/** What the host says of itself, and who can read what is on it. Its version stands among what the owner sees of the program. @param {Session} session */
function about(session) {
  const host = session.host.value
  const owner = session.data.value.me.owner
  return html`<dl class="facts">
      ${owner ? nothing : html`<div><dt>${t('settings.version')}</dt><dd>${host?.version || '–'}</dd></div>`}
      <div><dt>${t('settings.place')}</dt><dd dir="auto">${host?.title || 'Duologue'}</dd></div></dl>
    <p class="soft">${t(owner ? 'settings.about.owner' : 'settings.about.text')}</p>`
}

/** @param {Session} session @param {HTMLInputElement} box */
async function receipts(session, box) {
  if (!await session.settings.setReceipts(box.checked)) box.checked = !box.checked
}

/** @param {Session} session */
async function leave(session) {
  const n = await session.actions.unsent()
  session.confirm.value = {
    title: t('sure.signout'), text: n ? `${t('sure.signout.waiting', { n })} ${t('sure.signout.text')}` : t('sure.signout.text'),
    action: t('settings.signout'), danger: true, run: () => session.actions.signOut(),
  }
}
