// The files of a message: pictures in their place, whose size is known before they are loaded, films and sound with their
// controls, everything else to be saved.

/** @import {File} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { kindOf } from '../text/filename.js'
import { bytes } from '../words/size.js'
import { locale, t } from '../words/index.js'
import { fileName } from './filename.js'
import { icon } from './icons.js'

/** A picture by itself, px. */
const WIDE = 340
const HIGH = 380
const LEAST = 72
/** A moving picture is shown itself instead of its thumbnail up to here, bytes. */
const MOVING = 8_000_000

/** @param {string} id */
export const address = (id) => `/api/files/${id}`
/** @param {File} f */
const small = (f) => f.thumb && (f.gone || f.type !== 'image/gif' || f.size > MOVING) ? `${address(f.id)}/thumb` : address(f.id)

/** Whether the page can show it where it stands. @param {File} f */
export const shown = (f) => kindOf(f.type) === 'picture' && !!f.width && !!f.height && (f.thumb || !f.gone)

/** How large a picture is drawn. @param {number} width @param {number} height */
export function fit(width, height) {
  const by = Math.min(1, WIDE / width, HIGH / height)
  return { width: Math.max(LEAST, Math.round(width * by)), height: Math.max(LEAST, Math.round(height * by)) }
}

/**
 * @param {readonly File[]} files
 * @param {(f: File) => void} open looks at a picture
 * @param {boolean} save pictures have a way to save them without looking first
 */
export function filesOf(files, open, save) {
  const pictures = files.filter(shown)
  const rest = files.filter((f) => !shown(f))
  return html`<div class="files">${pictures.length ? album(pictures.map((f) => picture(f, pictures.length > 1, open, save))) : nothing}
    ${rest.map((f) => f.gone ? lost(f) : kindOf(f.type) === 'video' ? video(f) : kindOf(f.type) === 'audio' ? audio(f) : row(f))}</div>`
}

/** One by itself, several as a grid. @param {readonly unknown[]} pictures */
export const album = (pictures) => pictures.length > 1 ? html`<div class="album">${pictures}</div>` : pictures

/** @param {File} f @param {boolean} many @param {(f: File) => void} open @param {boolean} save */
function picture(f, many, open, save) {
  const size = fit(f.width ?? 1, f.height ?? 1)
  const img = html`<img src=${small(f)} width=${size.width} height=${size.height} alt=${t('file.picture', { name: f.name })} loading="lazy" decoding="async" draggable="false">`
  const cell = many ? ' cell' : ''
  const button = (/** @type {string} */ place) => html`<button type="button" class="picture${place}" data-file=${f.id} @click=${() => open(f)}>${img}</button>`
  return save && !f.gone ? html`<div class="saved${cell}">${button('')}<a class="ic" href=${address(f.id)} download=${f.name}
    aria-label=${`${t('file.save')}, ${f.name}`} title=${t('file.save')}>${icon('download')}</a></div>` : button(cell)
}

/** @param {File} f */
const video = (f) => html`<div class="played"><video class="video" controls preload="none" src=${address(f.id)} aria-label=${t('file.video', { name: f.name })}></video>${row(f)}</div>`
/** @param {File} f */
const audio = (f) => html`<div class="played"><audio controls preload="none" src=${address(f.id)} aria-label=${t('file.audio', { name: f.name })}></audio>${row(f)}</div>`

/** @param {File} f */
const row = (f) => html`<a class="file" href=${address(f.id)} download=${f.name}>
  ${icon(sign(f.type))}<span>${fileName(f.name)}<small>${bytes(f.size, locale())}</small></span><span class="offscreen">${t('file.save')}</span>${icon('download')}</a>`

/** @param {File} f */
const lost = (f) => html`<div class="file">${icon(sign(f.type))}<span>${fileName(f.name)}<small>${t('file.gone')}</small></span></div>`

/** @param {string} type @returns {import('./icons.js').Icon} */
export function sign(type) {
  const first = type.split('/')[0]
  if (first === 'image') return 'image'
  if (first === 'video') return 'film'
  if (first === 'audio') return 'sound'
  return /zip|compressed|x-tar|rar/.test(type) ? 'archive' : first === 'text' || /pdf|word|document|sheet/.test(type) ? 'text' : 'file'
}
