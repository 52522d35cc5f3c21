// In the composer's place while several messages are chosen: how many, and what can be done with them.

/** @import {App, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { transcript } from '../text/transcript.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { copyAndSay } from './copyrow.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {App} app @param {number} who @param {ReadonlyMap<number, Message>} chosen */
export function selectionBar(app, who, chosen) {
  const n = chosen.size
  const words = [...chosen.values()].some((m) => m.content)
  return html`<div class="picks" role="toolbar" aria-label=${t('pick.what')}>
    <button type="button" class="ic" aria-label=${t('pick.end')} title=${t('pick.end')} @click=${() => endSelection(app)}>${icon('close')}</button>
    <span role="status">${t('pick.n', { n })}</span>
    <button type="button" class="button" aria-label=${t('copy')} title=${t('copy')} ?disabled=${!words} @click=${() => copySelection(app, who)}>${icon('copy')}<b>${t('copy')}</b></button>
    <button type="button" class="button danger" aria-label=${t('pick.remove')} title=${t('pick.remove')} ?disabled=${!n} @click=${() => removeSelection(app, who)}>${icon('trash')}<b>${t('pick.remove')}</b></button></div>`
}

/** @param {App} app @param {number} who */
async function copySelection(app, who) {
  const me = app.data.peek()?.me.id
  const words = app.selection.all().filter((m) => m.content)
    .map((m) => ({ name: m.user === me ? app.data.peek()?.me.name ?? '' : nameOf(app, who), when: full(m.date, locale()), content: m.content }))
  await copyAndSay(app, transcript(words))
  endSelection(app)
}

/** @param {App} app @param {number} who */
function removeSelection(app, who) {
  app.removals.remove(who, app.selection.all().map((m) => m.seq))
  endSelection(app)
}

/** The focus goes back to the conversation. @param {App} app */
export function endSelection(app) {
  app.selection.end()
  const log = document.getElementById('log')
  if (!log?.contains(document.activeElement)) log?.focus({ preventScroll: true })
}
