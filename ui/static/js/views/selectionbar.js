// In the composer's place while several messages are chosen: how many, and what can be done with them.

/** @import {Session, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { transcript } from '../text/transcript.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { copyAndSay } from './copyrow.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {Session} session @param {number} who @param {ReadonlyMap<number, Message>} chosen */
export function selectionBar(session, who, chosen) {
  const n = chosen.size
  const words = [...chosen.values()].some((m) => m.content)
  return html`<div class="picks" role="toolbar" aria-label=${t('pick.what')}>
    <button type="button" class="ic" aria-label=${t('pick.end')} title=${t('pick.end')} @click=${() => endSelection(session)}>${icon('close')}</button>
    <span role="status">${t('pick.n', { n })}</span>
    <button type="button" class="button" aria-label=${t('copy')} title=${t('copy')} ?disabled=${!words} @click=${() => copySelection(session, who)}>${icon('copy')}<b>${t('copy')}</b></button>
    <button type="button" class="button danger" aria-label=${t('pick.remove')} title=${t('pick.remove')} ?disabled=${!n} @click=${() => removeSelection(session, who)}>${icon('trash')}<b>${t('pick.remove')}</b></button></div>`
}

/** @param {Session} session @param {number} who */
async function copySelection(session, who) {
  const me = session.data.peek().me.id
  const words = session.selection.all().filter((m) => m.content)
    .map((m) => ({ name: m.user === me ? session.data.peek().me.name ?? '' : nameOf(session, who), when: full(m.date, locale()), content: m.content }))
  await copyAndSay(session, transcript(words))
  endSelection(session)
}

/** @param {Session} session @param {number} who */
function removeSelection(session, who) {
  session.removals.remove(who, session.selection.all().map((m) => m.seq))
  endSelection(session)
}

/** The focus goes back to the conversation. @param {Session} session */
export function endSelection(session) {
  session.selection.end()
  const log = document.getElementById('log')
  if (!log?.contains(document.activeElement)) log?.focus({ preventScroll: true })
}
