// What the one search field found: people by what one types for their names, and messages in all chats, as they come in.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { worth } from '../state/search.js'
import { isMeant } from '../text/pinyin.js'
import { t } from '../words/index.js'
import { hitRow } from './searchhit.js'
import { icon } from './icons.js'
import { everybody, nameOf } from './people.js'
import { chatRow, personRow } from './rows.js'

/** More people than this would hide the messages. */
const FEW = 4

/** @param {Session} session */
export function results(session) {
  const query = session.filter.value.trim()
  const data = session.data.value
  const people = [data.me, ...everybody(session)].filter((u) => isMeant(nameOf(session, u.id), query))
  const gone = [...data.chats.values()].filter((c) => c.who !== data.me.id && !data.people.has(c.who) && isMeant(c.name, query))
  const found = session.finder.found.value
  const none = !people.length && !gone.length && !found.hits.length && (found.going === 'done' || !worth(query))
  if (none) return html`<div class="hint nothing">${icon('search')}<p role="status">${t('search.none', { q: query })}</p>${worth(query) ? nothing : html`<p>${t('search.short')}</p>`}</div>`
  const all = session.finder.wide.value === query ? people : people.slice(0, FEW)
  return html`
    ${all.length || gone.length ? html`<section aria-labelledby="found-people"><h2 class="found" id="found-people">${t('side.people')}</h2>
      <ul>${repeat(all, (u) => u.id, (u) => personRow(session, u, true))}${repeat(gone, (c) => -c.who, (c) => chatRow(session, c, true))}</ul>
      ${all.length < people.length ? html`<button type="button" class="link more" @click=${() => { session.finder.wide.value = query }}>${t('search.people', { n: people.length })}</button>` : nothing}</section>` : nothing}
    ${worth(query) ? messages(session, query) : html`<p class="hint">${t('search.short')}</p>`}`
}

/** @param {Session} session @param {string} query */
function messages(session, query) {
  const { hits } = session.finder.found.value
  return html`<section aria-labelledby="found-messages"><h2 class="found" id="found-messages">${t('search.messages')}</h2>
    <ul>${repeat(hits, (h) => `${h.who} ${h.message.seq}`, (h) => hitRow(session, h, query))}</ul>
    ${progress(session)}</section>`
}

/** @param {Session} session */
function progress(session) {
  const { hits, going } = session.finder.found.value
  const n = hits.length
  const on = (/** @type {string} */ words) => html`<button type="button" class="link" @click=${() => session.finder.more()}>${words}</button>`
  switch (going) {
    case 'running': return html`<p class="progress"><i class="turning"></i><span>${n ? t('search.running', { n }) : t('search.started')}</span>
      <button type="button" class="ic" id="stop" aria-label=${t('search.stop')} title=${t('search.stop')} @click=${() => session.finder.stop()}>${icon('stop')}</button></p>`
    case 'stopped': return html`<p class="progress" role="status"><span>${t('search.stopped')}</span>${on(t('search.on'))}</p>`
    case 'paused': return html`<p class="progress" role="status"><span>${t('search.paused', { n })}</span>${on(t('search.on'))}</p>`
    case 'failed': return html`<p class="progress" role="alert"><span>${t('search.failed')}</span>${on(t('retry'))}</p>`
    default: return html`<p class="progress" role="status"><span>${n ? t('search.done', { n }) : t('search.nowhere')}</span></p>`
  }
}
