// Files that go with the next message: chosen, pasted or dropped on the conversation, and looked at above the field before they go.

/** @import {App, Part, Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { filesOf } from '../dom/pickedfiles.js'
import { kindOf } from '../text/filename.js'
import { bytes } from '../words/size.js'
import { showToast } from '../state/toast.js'
import { locale, t } from '../words/index.js'
import { fileName } from './filename.js'
import { icon } from './icons.js'
import { sign } from './filebubble.js'
import { nameOf } from './people.js'
import { openMenu } from './menu.js'

/** The button beside the field. @param {Session} session @param {number} who @param {boolean} camera a phone, whose photos are the first wish */
export const attachButton = (session, who, camera) => html`<button type="button" class="ic" id="attach" aria-label=${t('files.attach')} title=${t('files.attach')}
  @click=${(/** @type {any} */ e) => camera ? openMenu(session, e.currentTarget, t('files.attach'), [
    { icon: 'camera', text: t('files.camera'), run: () => press('photo') }, { icon: 'clip', text: t('files.attach'), run: () => press('pick') },
  ]) : press('pick')}>${icon('clip')}</button>
  <input type="file" id="pick" multiple hidden @change=${(/** @type {any} */ e) => taken(session, who, e.target)}>
  ${camera ? html`<input type="file" id="photo" accept="image/*" capture="environment" hidden @change=${(/** @type {any} */ e) => taken(session, who, e.target)}>` : nothing}`

/** @param {string} id */
const press = (id) => document.getElementById(id)?.click()

/** @param {Session} session @param {number} who @param {HTMLInputElement} input */
function taken(session, who, input) {
  const files = [...input.files ?? []]
  input.value = '' // the same file may be chosen again
  choose(session, who, files)
}

/** @param {Session} session @param {number} who @param {File[]} files */
async function choose(session, who, files) {
  if (!files.length) return
  await session.files.choose(who, files)
  document.getElementById('box')?.focus({ preventScroll: true })
}

/** A look before sending. @param {Session} session @param {number} who */
export function tray(session, who) {
  const parts = session.files.chosen.value.get(who)
  if (!parts) return nothing
  const pictures = parts.filter((p) => kindOf(p.type) === 'picture')
  return html`<section class="tray" aria-label=${t('files.chosen', { n: parts.length })}>
    <p><b>${t('files.chosen', { n: parts.length })}</b> <span>${bytes(parts.reduce((n, p) => n + p.size, 0), locale())}</span></p>
    <ul>${parts.map((p) => one(session, who, p))}</ul>
    ${pictures.length ? html`<label class="check"><input type="checkbox" name="whole" .checked=${pictures.every((p) => p.as === 'file')}
      @change=${(/** @type {any} */ e) => session.files.asFiles(who, e.target.checked)}><span>${t('files.whole')}<small>${t('files.whole.text')}</small></span></label>` : nothing}</section>`
}

/** @param {Session} session @param {number} who @param {Part} p */
const one = (session, who, p) => html`<li>${p.width ? html`<img src=${session.files.url(p)} alt="" width="44" height="44">` : html`<i>${icon(sign(p.type))}</i>`}
  <span>${fileName(p.name)}<small>${bytes(p.size, locale())}</small></span>
  <button type="button" class="ic" aria-label=${t('files.leaveOut', { name: p.name })} title=${t('files.leaveOut', { name: p.name })} @click=${() => {
    session.files.leaveOut(who, p)
    document.getElementById('box')?.focus({ preventScroll: true })
  }}>${icon('close')}</button></li>`

/** Drop and paste, on everything that belongs to the conversation on screen. @param {App} app @param {HTMLElement} pane */
export function watchDrops(app, pane) {
  let depth = 0
  const here = () => app.route.peek().name === 'chat' && document.getElementById('attach') ? app.route.peek().who : 0
  const wanted = (/** @type {DragEvent} */ e) => here() > 0 && !!e.dataTransfer?.types.includes('Files')
  const show = (/** @type {boolean} */ yes) => {
    const session = app.session.peek()
    if (session) session.dropping.value = yes ? here() : 0
  }
  // A file that is dropped beside the conversation would replace the page.
  for (const name of ['dragover', 'drop']) addEventListener(name, (e) => { if (/** @type {DragEvent} */ (e).dataTransfer?.types.includes('Files')) e.preventDefault() })
  pane.addEventListener('dragenter', (e) => { if (wanted(e) && ++depth) show(true) })
  pane.addEventListener('dragleave', (e) => { if (wanted(e) && --depth <= 0) show(Boolean(depth = 0)) })
  pane.addEventListener('drop', (e) => {
    depth = 0
    show(false)
    if (wanted(e)) take(e.dataTransfer)
  })
  document.addEventListener('paste', (e) => {
    if (!here() || !e.clipboardData?.files.length || textMeant(e.clipboardData) || document.querySelector('dialog[open]')) return
    e.preventDefault()
    take(e.clipboardData)
  })
  /** @param {DataTransfer | null} from */
  function take(from) {
    const { files, folders } = filesOf(from)
    if (folders) showToast(app, t('files.folders'))
    const session = app.session.peek()
    if (session) choose(session, here(), files)
  }
}

/** Cells of a table come as text and, beside it, as a picture. A file's name beside the file says nothing. @param {DataTransfer} data */
function textMeant(data) {
  const text = data.getData('text/plain').normalize()
  return !!text && ![...data.files].some((f) => text.includes(f.name.normalize()))
}

/** What shows that a drop would be taken. @param {Session} session @param {number} who */
export const dropHint = (session, who) => session.dropping.value !== who ? nothing
  : html`<div class="dropping"><p>${icon('clip')}${who === session.data.value.me.id ? t('files.drop.devices') : t('files.drop', { name: nameOf(session, who) })}</p></div>`
