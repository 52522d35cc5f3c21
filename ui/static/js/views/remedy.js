// What may keep others out, one card each, with what to do on the host's own system.

/** @import {Session, Reach} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { copyRow } from './copyrow.js'

/** @param {Session} session @param {Reach} it @param {Reach['causes'][number]} cause */
export const remedy = (session, it, cause) => html`<section class="cause">
  <h3>${t(`reach.cause.${cause}`)}</h3><p>${t(`reach.do.${cause}`)}</p>${cause === 'firewall' ? firewall(session, it) : nothing}</section>`

/** @param {Session} session @param {Reach} it */
function firewall(session, { system, port }) {
  switch (system) {
    case 'windows': return html`<p>${t('reach.firewall.windows')}</p><p class="soft">${t('reach.firewall.admin')}</p>
      ${copyRow(session, `netsh advfirewall firewall add rule name=Duologue dir=in action=allow protocol=TCP localport=${port} profile=private,domain`)}`
    case 'darwin': return html`<p>${t('reach.firewall.darwin')}</p>`
    default: return html`<p>${t('reach.firewall.linux')}</p>
      ${copyRow(session, `sudo ufw allow ${port}/tcp`)}${copyRow(session, `sudo firewall-cmd --add-port=${port}/tcp`)}`
  }
}
