// Dialogs: a question before something that can't be undone, and a link to hand over.

/** @import {Shell} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { beside, dismissed, setOpen } from '../dom/dialog.js'
import { t } from '../words/index.js'
import { copyRow } from './copyrow.js'
import { qr } from './qr.js'

/** @param {Shell} shell */
export function dialogs(shell) {
  const what = asked(shell)
  const close = () => { shell.confirm.value = shell.linkDialog.value = shell.panel.value = null }
  const inside = !what ? nothing : 'run' in what ? question(what, close) : 'link' in what ? link(shell, what, close) : sheet(what, close)
  return html`<dialog id="dialog" aria-labelledby="dialog-title" @close=${(/** @type {Event} */ e) => { if (dismissed(e, asked(shell))) close() }}
    @click=${(/** @type {Event} */ e) => { if (beside(e)) close() }}>${inside}</dialog>`
}

/** Reads signals. @param {Shell} shell */
const asked = (shell) => shell.confirm.value ?? shell.linkDialog.value ?? shell.panel.value

/** @param {Shell} shell */
export function showDialogs(shell) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('dialog'))
  const wanted = asked(shell)
  setOpen(dialog, wanted !== null, wanted)
  // One that gives way to another within the dialog takes the focus with it.
  if (wanted && document.activeElement === document.body) /** @type {HTMLElement | null} */ (dialog?.querySelector('[autofocus]'))?.focus()
}

/** Where something would be lost the focus is on what leaves everything as it is. @param {import('../../../types').Confirm} c @param {() => void} close */
const question = (c, close) => html`<form method="dialog" class="dialog" @submit=${(/** @type {Event} */ e) => {
    e.preventDefault()
    close()
    c.run()
  }}>
  <h2 id="dialog-title">${c.title}</h2><p>${c.text}</p>
  <div class="actions"><button type="button" class="button" @click=${close} ?autofocus=${c.danger}>${t('cancel')}</button>
  <button type="submit" class=${c.danger ? 'button danger' : 'button main'} ?autofocus=${!c.danger}>${c.action}</button></div></form>`

/** @param {import('../../../types').Panel} p @param {() => void} close */
const sheet = (p, close) => html`<div class="dialog"><h2 id="dialog-title">${p.title}</h2>${p.view()}
  <div class="actions"><button type="button" class="button" @click=${close}>${t('close')}</button></div></div>`

/** @param {Shell} shell @param {import('../../../types').LinkDialog} n @param {() => void} close */
const link = (shell, n, close) => html`<div class="dialog"><h2 id="dialog-title">${n.title}</h2><p>${n.text}</p>${qr(n.link)}${copyRow(shell, n.link)}
  <div class="actions"><button type="button" class="button main" @click=${close} autofocus>${t('close')}</button></div></div>`
