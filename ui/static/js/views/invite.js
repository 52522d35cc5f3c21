// How somebody new gets in: a picture to scan, an address to type, and the code.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { onlyHere, typable } from '../text/address.js'
import { t } from '../words/index.js'
import { backButton } from './backbutton.js'
import { copyRow } from './copyrow.js'
import { icon } from './icons.js'
import { qr } from './qr.js'
import { reachLine } from './reach.js'

/** @param {Session} session */
export function invite(session) {
  const it = session.invited.value
  return html`<header class="head">${backButton(session)}<div class="title"><h1>${t('invite.title')}</h1></div></header>
    <div class="sheet"><div class="page">${it ? body(session, it) : html`<p class="soft" role="status">${t('loading')}</p>`}</div></div>`
}

/** @param {Session} session @param {import('../../../types').Invite} it */
function body(session, it) {
  const owner = session.data.value.me.owner
  const [first = '', ...rest] = it.urls
  const others = it.local ? [it.local, ...rest] : rest
  return html`
    <p>${t('invite.text')}</p>
    <section class="invitation">
      <h2>${t('invite.scan')}</h2>
      <div class="scan">${qr(first)}<p class="soft">${t('invite.wechat')}</p></div>
      <div class="type">
        <p class="soft">${t('invite.type')}</p>
        <p class="typable" dir="ltr"><b>${typable(first)}</b></p>
        <p class="soft">${t('invite.code')}</p>
        <p class="typable code" dir="ltr"><b>${it.code}</b></p>
        ${owner ? html`<button type="button" class="button" @click=${() => ask(session)}>${icon('retry')}${t('invite.new')}</button>` : nothing}
      </div>
    </section>
    ${onlyHere(first) ? html`<p class="warn">${icon('alert')}<span>${t('invite.closed')}</span></p>` : nothing}
    ${owner ? reachLine(session) : nothing}
    <h2>${t('invite.send')}</h2>
    ${copyRow(session, first, 'big')}
    ${others.length ? html`<h2>${t('invite.other')}</h2>${others.map((url) => copyRow(session, url))}` : nothing}`
}

/** @param {Session} session */
function ask(session) {
  session.confirm.value = {
    title: t('sure.code'), text: t('sure.code.text'), action: t('sure.code.go'), danger: false,
    run: session.settings.newInvite,
  }
}
