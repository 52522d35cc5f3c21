// Dialogs: a question before something that can't be undone, and a link to hand over.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { beside, dismissed, setOpen } from '../dom/dialog.js'
import { t } from '../words/index.js'
import { copyRow } from './copyrow.js'
import { qr } from './qr.js'

/** @param {App} app */
export function dialogs(app) {
  const what = asked(app)
  const close = () => { app.confirm.value = app.linkDialog.value = app.panel.value = null }
  const inside = !what ? nothing : 'run' in what ? question(what, close) : 'link' in what ? link(app, what, close) : sheet(what, close)
  return html`<dialog id="dialog" aria-labelledby="dialog-title" @close=${(/** @type {Event} */ e) => { if (dismissed(e, asked(app))) close() }}
    @click=${(/** @type {Event} */ e) => { if (beside(e)) close() }}>${inside}</dialog>`
}

/** Reads signals. @param {App} app */
const asked = (app) => app.confirm.value ?? app.linkDialog.value ?? app.panel.value

/** @param {App} app */
export function showDialogs(app) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('dialog'))
  const wanted = asked(app)
  setOpen(dialog, wanted !== null, wanted)
  // One that gives way to another within the dialog takes the focus with it.
  if (wanted && document.activeElement === document.body) /** @type {HTMLElement | null} */ (dialog?.querySelector('[autofocus]'))?.focus()
}

/** @param {import('../../../types').Confirm} c @param {() => void} close */
const question = (c, close) => html`<form method="dialog" class="dialog" @submit=${(/** @type {Event} */ e) => {
    e.preventDefault()
    close()
    c.run()
  }}>
  <h2 id="dialog-title">${c.title}</h2><p>${c.text}</p>
  <div class="actions"><button type="button" class="button" @click=${close}>${t('cancel')}</button>
  <button type="submit" class=${c.danger ? 'button danger' : 'button main'} autofocus>${c.action}</button></div></form>`

/** @param {import('../../../types').Panel} p @param {() => void} close */
const sheet = (p, close) => html`<div class="dialog"><h2 id="dialog-title">${p.title}</h2>${p.view()}
  <div class="actions"><button type="button" class="button" @click=${close}>${t('close')}</button></div></div>`

/** @param {App} app @param {import('../../../types').LinkDialog} n @param {() => void} close */
const link = (app, n, close) => html`<div class="dialog"><h2 id="dialog-title">${n.title}</h2><p>${n.text}</p>${qr(n.link)}${copyRow(app, n.link)}
  <div class="actions"><button type="button" class="button main" @click=${close} autofocus>${t('close')}</button></div></div>`
