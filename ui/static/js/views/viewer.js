// Pictures by themselves, over the page: the chat's one after the other, larger, saved, and back to where they were sent.

/** @import {App, File, Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { keyed } from '../../vendor/lit-html/directives/keyed.js'
import { dismissed, setOpen } from '../dom/dialog.js'
import { zoomer } from '../dom/zoom.js'
import { drawn } from '../proto/window.js'
import { t } from '../words/index.js'
import { address, shown } from './filebubble.js'
import { fileName } from './filename.js'
import { icon } from './icons.js'

/** @type {WeakMap<Session, ReturnType<typeof zoomer>>} */
const zooms = new WeakMap()

/** @param {Session} session @param {number} who @param {number} seq @param {string} id */
export function view(session, who, seq, id) {
  session.viewing.value = { who, seq, id }
}

/** @param {Session} session */
function hands(session) {
  let z = zooms.get(session)
  if (!z) zooms.set(session, z = zoomer((step) => go(session, step)))
  return z
}

/** The pictures of the part of the chat that is here. @param {Session} session @param {number} who @returns {{seq: number, file: File}[]} */
function pictures(session, who) {
  const hidden = session.hidden.value.get(who)
  return drawn(session.windows.value.get(who), session.person).filter((m) => !m.recalled && !hidden?.has(m.seq))
    .flatMap((m) => (m.files ?? []).filter(shown).map((file) => ({ seq: m.seq, file })))
}

/** @param {Session | null} session */
function place(session) {
  const v = session?.viewing.value ?? null
  const all = session && v ? pictures(session, v.who) : []
  return { v, all, at: all.findIndex((p) => p.seq === v?.seq && p.file.id === v.id) }
}

/** @param {Session} session @param {number} step */
function go(session, step) {
  const { v, all, at } = place(session)
  const to = all[at + step]
  if (!v || !to) return
  hands(session).reset()
  view(session, v.who, to.seq, to.file.id)
}

/** @param {Session} session */
function close(session) {
  hands(session).reset()
  session.viewing.value = null
  // At once: it gives the focus back, which may have to go elsewhere then.
  dialog()?.close()
}

/** @param {App} app */
export function viewer(app) {
  const session = app.session.value
  const { v, all, at } = place(session)
  const f = all[at]?.file
  return html`<dialog id="viewer" aria-label=${f ? t('viewer', { at: at + 1, n: all.length }) : nothing} @close=${(/** @type {Event} */ e) => { if (session && dismissed(e, session.viewing.peek())) close(session) }}
    @keydown=${(/** @type {KeyboardEvent} */ e) => session && keys(session, e)}>${session && v && f ? inside(session, v, all, at) : nothing}</dialog>`
}

/** @param {Session} session @param {{who: number, seq: number}} v @param {{seq: number, file: File}[]} all @param {number} at */
function inside(session, v, all, at) {
  const { file } = all[at]
  const z = hands(session)
  return html`<header>
      <div><b>${fileName(file.name)}</b><small>${t('viewer', { at: at + 1, n: all.length })}</small></div>
      <button type="button" class="ic" aria-label=${t('viewer.zoom')} title=${t('viewer.zoom')} @click=${() => z.toggle(frame())}>${icon('zoom')}</button>
      <button type="button" class="ic" aria-label=${t('viewer.show')} title=${t('viewer.show')} @click=${() => show(session, v.who, all[at].seq)}>${icon('chat')}</button>
      ${file.gone ? nothing : html`<a class="ic" href=${address(file.id)} download=${file.name} aria-label=${t('file.save')} title=${t('file.save')}>${icon('download')}</a>`}
      <button type="button" class="ic" aria-label=${t('close')} title=${t('close')} autofocus @click=${() => close(session)}>${icon('close')}</button></header>
    <figure @wheel=${z.wheel} @pointerdown=${z.down} @pointermove=${z.move} @pointerup=${z.up} @pointercancel=${z.up} @dblclick=${() => z.toggle(frame())}>
      ${keyed(`${all[at].seq}/${file.id}`, html`<img src=${file.gone ? `${address(file.id)}/thumb` : address(file.id)} width=${file.width} height=${file.height} alt=${t('file.picture', { name: file.name })} draggable="false">`)}</figure>
    ${at > 0 ? html`<button type="button" class="ic before" aria-label=${t('viewer.before')} title=${t('viewer.before')} @click=${() => go(session, -1)}>${icon('before')}</button>` : nothing}
    ${at < all.length - 1 ? html`<button type="button" class="ic after" aria-label=${t('viewer.after')} title=${t('viewer.after')} @click=${() => go(session, 1)}>${icon('after')}</button>` : nothing}`
}

const dialog = () => /** @type {HTMLDialogElement | null} */ (document.getElementById('viewer'))
const frame = () => /** @type {HTMLElement} */ (document.querySelector('#viewer figure'))

/** What was taken back meanwhile is not looked at any longer. @param {App} app */
export function showViewer(app) {
  const { v, at } = place(app.session.peek())
  setOpen(dialog(), at >= 0, v)
}

/** @param {Session} session @param {number} who @param {number} seq */
function show(session, who, seq) {
  close(session)
  session.pages.jump(who, seq)
}

/** @param {Session} session @param {KeyboardEvent} e */
function keys(session, e) {
  const z = hands(session)
  switch (e.key) {
    case 'ArrowLeft': return go(session, -1)
    case 'ArrowRight': return go(session, 1)
    case '+': case '=': return z.by(frame(), 1.5)
    case '-': return z.by(frame(), 1 / 1.5)
    case '0': return z.by(frame(), 0)
  }
}
