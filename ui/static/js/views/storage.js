// What my files take at the host: by chat, by kind, the largest; and giving up old ones while texts and thumbnails stay.

/** @import {Session, Storage} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { bytes } from '../words/size.js'
import { showToast } from '../state/toast.js'
import { locale, t } from '../words/index.js'
import { fileName } from './filename.js'
import { nameOf } from './people.js'
import { hostStorage } from './hoststorage.js'

const DAY = 86_400_000
/** Days that are offered as old. */
const AGES = [30, 90, 365]

/** @param {Session} session */
export async function openStorage(session) {
  const found = await session.hostStorage.load()
  if (!found) return
  session.panel.value = { title: t('storage'), view: () => inside(session, found) }
}

/** @param {Session} session @param {Storage} s */
const inside = (session, s) => html`<div class="storage">
  <p tabindex="-1" autofocus>${s.quota ? t('storage.used.of', { used: size(s.used), brought: size(s.brought), quota: size(s.quota) }) : t('storage.used', { used: size(s.used) })}</p>
  ${hostStorage(session)}
  ${list(t('storage.chats'), s.chats.map((c) => ({ name: html`<bdi>${nameOf(session, c.who)}</bdi>`, size: c.size })))}
  ${list(t('storage.kinds'), s.kinds.map((k) => ({ name: t(`storage.kind.${k.kind}`), size: k.size })))}
  ${list(t('storage.largest'), s.largest.slice(0, 10).map((l) => ({ size: l.file.size, name: html`<button type="button" class="link" @click=${() => {
    session.panel.value = null
    session.pages.jump(l.who, l.seq)
  }}>${fileName(l.file.name)}</button>` })))}
  ${s.used ? html`<h3>${t('storage.drop')}</h3><p class="soft">${t('storage.drop.text')}</p>
    <div class="ages">${AGES.map((n) => html`<button type="button" class="button" @click=${() => drop(session, n)}>${t('storage.drop.days', { n })}</button>`)}
    <button type="button" class="button" @click=${() => drop(session, 0)}>${t('storage.drop.all')}</button></div>` : nothing}</div>`

/** @param {number} n */
const size = (n) => bytes(n, locale())

/** @param {string} title @param {{name: unknown, size: number}[]} rows */
const list = (title, rows) => rows.length ? html`<h3>${title}</h3><ul>${rows.map((r) => html`<li><span>${r.name}</span><b>${size(r.size)}</b></li>`)}</ul>` : nothing

/** @param {Session} session @param {number} days */
function drop(session, days) {
  session.panel.value = null
  session.confirm.value = {
    title: days ? t('storage.sure', { n: days }) : t('storage.sure.all'), text: t('storage.sure.text'), action: t('storage.sure.go'), danger: true,
    run: async () => {
      const gone = await session.hostStorage.drop(session.actions.now() - days * DAY)
      if (!gone) return
      showToast(session, t('storage.done', { n: gone.files, size: size(gone.size) }))
    },
  }
}
