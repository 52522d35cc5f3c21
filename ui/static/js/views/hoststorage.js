// The room that everybody's files have, as the owner sees it among the files: how it stands, and the cap.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { bytes } from '../words/size.js'
import { showToast } from '../state/toast.js'
import { locale, t } from '../words/index.js'

/** What the cap is counted in. */
const GB = 1e9

/** @param {Session} session */
export function hostStorage(session) {
  const h = session.hostStorage.host.value
  return h ? html`<h3>${t('space')}</h3>
    <p>${t(h.cap ? 'space.used.of' : 'space.used', { used: size(h.used), cap: size(h.cap), free: size(h.free) })}</p>
    ${h.coming ? html`<p>${t('space.coming', { size: size(h.coming) })}</p>` : nothing}
    ${h.level === 'ok' ? nothing : html`<p class="wrong">${t(`space.level.${h.level}`)}</p><p>${t('space.relief')}</p>`}
    <form class="inline" @submit=${(/** @type {any} */ e) => limit(session, e)}>
      <label class="field"><span>${t('space.cap')}</span><input name="cap" type="number" min="0.1" max="1000000" step="any" inputmode="decimal" autocomplete="off"
        placeholder=${t('space.cap.none')} aria-describedby="cap-text" .value=${h.cap ? String(h.cap / GB) : ''}></label>
      <button type="submit" class="button">${t('save')}</button></form>
    <p class="soft" id="cap-text">${t('space.cap.text')}</p>` : nothing
}

/** @param {number} n */
const size = (n) => bytes(n, locale())

/** @param {Session} session @param {any} e */
async function limit(session, e) {
  e.preventDefault()
  const cap = Math.round(Number(new FormData(e.target).get('cap')) * GB)
  if (await session.hostStorage.limit(cap)) showToast(session, t('saved'))
}
