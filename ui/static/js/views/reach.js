// For the owner: whether others get in, what may keep them out, and what to do about it.

/** @import {Session, Reach} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { typable } from '../text/address.js'
import { deviceName } from '../text/devicename.js'
import { locale, t } from '../words/index.js'
import { moment } from '../words/time.js'
import { backButton } from './backbutton.js'
import { icon } from './icons.js'
import { qr } from './qr.js'
import { remedy } from './remedy.js'

/** One line that leads to the page. @param {Session} session */
export function reachLine(session) {
  const it = session.reach.value
  const good = it?.state === 'reached'
  return html`<button type="button" class="reachline ${it ? it.state : ''}" @click=${() => session.router.go('reach')}>
    <span class="lamp"></span><span>${t(good ? 'reach.good.title' : 'reach.ask')}</span>${icon('onward')}</button>`
}

/** @param {Session} session */
export function reach(session) {
  const it = session.reach.value
  return html`<header class="head">${backButton(session)}<div class="title"><h1>${t('reach.title')}</h1></div></header>
    <div class="sheet"><div class="page">${it ? body(session, it) : html`<p class="soft" role="status">${t('loading')}</p>`}</div></div>`
}

/** @param {Session} session @param {Reach} it */
const body = (session, it) => html`
  <section class="state ${it.state}" role="status"><h2><span class="lamp"></span>${t(`reach.title.${it.state}`)}</h2><p>${said(session, it)}</p></section>
  ${it.state === 'waiting' && it.addresses[0] ? html`<section class="invitation">
    <h2>${t('reach.try')}</h2><div class="scan">${qr(it.addresses[0].url)}</div>
    <div class="type"><p class="soft">${t('reach.try.text')}</p>
      <p class="typable" dir="ltr"><b>${typable(it.addresses[0].url)}</b></p></div></section>` : nothing}
  ${it.causes.length ? html`<h2>${t('reach.causes')}</h2>${it.causes.map((cause) => remedy(session, it, cause))}` : nothing}
  ${it.addresses.length ? html`<h2>${t('reach.addresses')}</h2>
    <ul class="ways">${it.addresses.map((a) => html`<li><code dir="ltr">${typable(a.url)}</code>
      <span class="soft"><bdi>${a.interface}</bdi> · ${t(`reach.kind.${a.kind}`)}</span>
      ${a.reached ? html`<span class="worked">${icon('check')}${t('reach.worked')}</span>` : nothing}</li>`)}</ul>` : nothing}`

/** @param {Session} session @param {Reach} it */
function said(session, it) {
  if (it.state === 'waiting' && it.arrived) return t('reach.before', { time: when(session, it), by: it.by ?? '' })
  if (it.state !== 'reached') return t(`reach.text.${it.state}`)
  return it.device ? t('reach.last', { device: deviceName(it.device), time: when(session, it) }) : t('reach.last.unknown', { time: when(session, it) })
}

/** @param {Session} session @param {Reach} it */
const when = (session, it) => moment(it.arrived, session.minute.value, locale())
