// A message of mine whose files are on their way: what they are, how far they came, and pause, continue, cancel.

/** @import {Session, Entry, Part, Uploading} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { errorWords } from '../words/errors.js'
import { isUploading } from '../state/pending.js'
import { bytes, percent } from '../words/size.js'
import { locale, t } from '../words/index.js'
import { duration } from '../words/duration.js'
import { album, fit, sign } from './filebubble.js'
import { fileName } from './filename.js'
import { icon } from './icons.js'

/** @param {Session} session @param {Entry} e */
export function partsOf(session, e) {
  const parts = e.parts ?? []
  const drawn = parts.filter((p) => p.width && session.files.url(p))
  return html`<div class="files">${drawn.length ? album(drawn.map((p) => picture(session, p, drawn.length > 1))) : nothing}
    ${parts.filter((p) => !drawn.includes(p)).map((p) => html`<div class="file">${icon(sign(p.type))}<span>${fileName(p.name)}<small>${bytes(p.size, locale())}</small></span></div>`)}
    ${isUploading(e) ? progress(session, e) : nothing}</div>`
}

/** @param {Session} session @param {Part} p @param {boolean} many */
function picture(session, p, many) {
  const size = fit(p.width, p.height)
  return html`<div class=${many ? 'picture cell' : 'picture'}><img src=${session.files.url(p)} width=${size.width} height=${size.height} alt=${t('file.picture', { name: p.name })} draggable="false"></div>`
}

/** @param {Session} session @param {Uploading} e */
function progress(session, e) {
  const { parts } = e
  const size = parts.reduce((n, p) => n + p.size, 0)
  const at = parts.reduce((n, p) => n + p.at, 0)
  const lost = parts.some((p) => !p.done && !p.blob)
  const speed = session.files.speed(e)
  return html`<div class="way"><progress max=${size || 1} value=${at} aria-label=${t('files.bar')}></progress>
    <p>${t('files.progress', { percent: percent(size ? at / size : 1, locale()), size: bytes(size, locale()) })}${e.state === 'paused' ? ` · ${t('files.paused')}` : e.state !== 'uploading' || lost ? nothing
      : session.cutOff.value ? ` · ${t('files.waits')}` : speed ? ` · ${t('files.speed', { speed: bytes(speed, locale()), left: duration((size - at) / speed, locale()) })}` : nothing}</p>
    ${e.state === 'failed' ? html`<p role="alert">${t('failed', { what: fileError(e.code) })}</p>` : lost ? html`<p>${t('files.lost')}</p>` : nothing}
    <div class="doings">${e.state === 'failed' ? html`<button type="button" @click=${() => session.files.go(e.cid)}>${t('retry')}</button>`
      : e.state === 'paused' ? html`<button type="button" @click=${() => session.files.go(e.cid)}>${t('files.go')}</button>`
      : lost ? again(session, e)
      : html`<button type="button" @click=${() => session.files.pause(e.cid)}>${t('files.pause')}</button>`}
      ${e.state === 'failed' && parts.some((p) => p.unreadable) ? again(session, e) : nothing}
      <button type="button" @click=${() => session.files.cancel(e.cid)}>${t('files.cancel')}</button></div></div>`
}

/** @param {Session} session @param {Uploading} e */
const again = (session, e) => html`<label class="fake"><input type="file" multiple class="offscreen" @change=${(/** @type {any} */ ev) => session.files.again(e.cid, [...ev.target.files])}>${t('files.again')}</label>`

/** @param {string} code */
function fileError(code) {
  switch (code) {
    case 'too_big': return t('files.failed.too_big')
    case 'storage_full': return t('files.failed.storage_full')
    case 'quota': return t('files.failed.quota')
    case 'cap': return t('files.failed.cap')
    case 'unreadable': return t('files.failed.unreadable')
    default: return errorWords(code)
  }
}
