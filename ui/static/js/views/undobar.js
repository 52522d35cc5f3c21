// What was just removed here, and the way back for a few seconds.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {App} app @param {number} who */
export function undoBar(app, who) {
  const what = app.removing.value?.who === who ? app.removing.value : null
  const n = what?.seqs.length ?? 0
  const words = what?.entry ? t('gone.unsent') : who === app.data.value?.me.id ? t('gone.self', { n }) : t('gone.mine', { n, name: nameOf(app, who) })
  return html`<div class="undobar" role="status">${what ? html`<p>${words}</p>
    <button type="button" @click=${() => undo(app)}>${icon('undo')}${t('undo')}</button>` : nothing}</div>`
}

/** @param {App} app */
export function undo(app) {
  app.removals.undo()
  document.getElementById('log')?.focus({ preventScroll: true })
}
