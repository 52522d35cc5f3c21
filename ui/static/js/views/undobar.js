// What was just removed here, and the way back for a few seconds.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {Session} session @param {number} who */
export function undoBar(session, who) {
  const what = session.removing.value?.who === who ? session.removing.value : null
  const n = what?.seqs.length ?? 0
  const words = what?.entry ? t('gone.unsent') : who === session.data.value.me.id ? t('gone.self', { n }) : t('gone.mine', { n, name: nameOf(session, who) })
  return html`<div class="undobar" role="status">${what ? html`<p>${words}</p>
    <button type="button" @click=${() => undo(session)}>${icon('undo')}${t('undo')}</button>` : nothing}</div>`
}

/** @param {Session} session */
export function undo(session) {
  session.removals.undo()
  document.getElementById('log')?.focus({ preventScroll: true })
}
