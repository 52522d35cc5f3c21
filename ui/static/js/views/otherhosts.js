// On the first page: other hosts on this network, so that two people don't each start one. What they say of themselves is text.

/** @import {App, FoundHost} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { repeat } from '../../vendor/lit-html/directives/repeat.js'
import { hostAddress, plainHost, typable } from '../text/address.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** How many are shown; whoever floods the network gets no more. */
const MOST = 8

/** @param {App} app */
const usable = (app) => app.found.value.filter((h) => plainHost(h.url))

/** The one that was gone to last time, before all else. @param {App} app */
export function chosenHost(app) {
  const last = usable(app).filter((h) => h.chosen)
  return last.length ? html`<div class="nearby">${list(app, last)}</div><p class="or">${t('found.or')}</p>` : nothing
}

/** The others, below what one does without them: they come in while one reads, and must not push a button away. @param {App} app */
export function otherHosts(app) {
  const hosts = usable(app).filter((h) => !h.chosen).slice(0, MOST)
  return html`${hosts.length ? html`<div class="nearby others" role="status"><h2>${t('found.title')}</h2>${list(app, hosts)}</div>` : nothing}
    <details class="typed"><summary>${t('found.type')}</summary><form class="inline" @submit=${typed}>
      <label class="field"><span>${t('found.address')}</span><input name="address" required autocomplete="off" autocapitalize="none" spellcheck="false" inputmode="url" dir="ltr" placeholder="192.168.1.5:7272"></label>
      <button type="submit" class="button">${t('found.open')}</button></form></details>`
}

/** @param {App} app @param {FoundHost[]} hosts */
const list = (app, hosts) => html`<ul>${repeat(hosts, (h) => h.instance, (h) => html`<li><a class="hostlink" href=${`${h.url}#/join`}
  @click=${(/** @type {any} */ e) => go(app, h, e)}>${icon('onward')}<span><b dir="auto">${name(h)}</b><small dir="auto">${where(h)}</small></span></a></li>`)}</ul>`

/** @param {FoundHost} h */
const name = (h) => h.owner ? t('found.join', { owner: h.owner, title: h.title || 'Duologue' }) : t('found.join.title', { title: h.title || 'Duologue' })

/** @param {FoundHost} h */
const where = (h) => {
  const at = typable(h.url)
  return !h.here ? t('found.away', { at }) : h.chosen ? t('found.chosen', { at }) : t('found.at', { at })
}

/** The choice is kept on this computer before the page leaves it. @param {App} app @param {FoundHost} h @param {MouseEvent} e */
async function go(app, h, e) {
  if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return
  e.preventDefault()
  await app.door.choose(h.instance)
  location.assign(`${h.url}#/join`)
}

/** @param {any} e */
function typed(e) {
  e.preventDefault()
  const input = /** @type {HTMLInputElement} */ (e.target.elements.address)
  const at = hostAddress(input.value)
  input.setCustomValidity(at ? '' : t('found.wrong'))
  if (at) location.assign(at)
  else input.reportValidity()
  input.oninput = () => input.setCustomValidity('')
}
