// One line on top that tells the truth about the connection.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** @param {App} app */
export function banner(app) {
  if (app.phase.value !== 'app') return nothing
  const outbox = app.session.value?.outbox.value ?? []
  if (app.cutOff.value) {
    const n = outbox.filter((e) => e.state === 'waiting' || e.state === 'sending').length
    return html`<div class="banner cut">${icon('offline')}<span>${t(app.network.value ? 'banner.cut' : 'banner.nowhere')} ${n ? t('banner.waiting', { n }) : t('banner.waits')}</span>
      <button type="button" @click=${() => app.probe()}>${t('banner.now')}</button></div>`
  }
  const held = outbox.find((e) => e.state === 'waiting' && e.code)?.code
  if (held === 'storage_full' || held === 'rate' || held === 'unavailable') {
    return html`<div class="banner">${icon('clock')}<span>${t(`banner.held.${held}`)}</span></div>`
  }
  if (app.stale.value) {
    return html`<div class="banner">${icon('retry')}<span>${t('banner.stale')}</span>
      <button type="button" @click=${() => location.reload()}>${t('banner.reload')}</button></div>`
  }
  return nothing
}
