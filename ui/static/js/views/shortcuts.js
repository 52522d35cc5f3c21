// The sheet of shortcuts, and the key that opens it.

/** @import {Shell} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { commandKey } from '../dom/command.js'
import { beside, dismissed, setOpen } from '../dom/dialog.js'
import { pressed } from '../dom/enter.js'
import { SHORTCUTS } from '../state/shortcuts.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** @param {Shell} shell */
export function shortcuts(shell) {
  const close = () => { shell.keysShown.value = false }
  return html`<dialog id="shortcuts" class="wide" aria-labelledby="shortcuts-title" @close=${(/** @type {Event} */ e) => { if (dismissed(e, shell.keysShown.peek())) close() }}
    @click=${(/** @type {Event} */ e) => { if (beside(e)) close() }}>
    ${shell.keysShown.value ? html`<div class="dialog keys"><header><h2 id="shortcuts-title">${t('keys')}</h2>
      <button type="button" class="ic" aria-label=${t('close')} title=${t('close')} @click=${close}>${icon('close')}</button></header>
      <div class="columns">${SHORTCUTS.map((group) => html`<section><h3>${t(group.title)}</h3><dl>${group.list.map((s) => line(shell, s))}</dl></section>`)}</div></div>` : ''}</dialog>`
}

/** @param {Shell} shell @param {import('../state/shortcuts.js').Shortcut} s */
function line(shell, s) {
  const keys = typeof s.keys === 'function' ? s.keys(shell.prefs.enter.value) : s.keys
  return html`<div><dt>${keys.map((chord) => html`<span>${chord.map((key, i) => html`${i ? '+' : ''}<kbd>${key === 'Ctrl' ? commandKey() : key}</kbd>`)}</span> `)}</dt><dd>${t(s.does)}</dd></div>`
}

/** @param {Shell} shell */
export function showShortcuts(shell) {
  const shown = shell.keysShown.peek()
  setOpen(/** @type {HTMLDialogElement | null} */ (document.getElementById('shortcuts')), shown, shown)
}

/** Not where somebody writes, and not over another dialog. @param {Shell} shell */
export function shortcutKey(shell) {
  addEventListener('keydown', (e) => {
    const at = /** @type {Element} */ (e.target)
    if (!pressed(e, '?') || e.ctrlKey || e.metaKey || e.altKey || at.closest('input, textarea, dialog, [role="menu"]')) return
    e.preventDefault()
    shell.keysShown.value = true
  })
}
