// What may keep others out, one card each, with what to do on the host's own system.

/** @import {App, Reach} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { copyRow } from './copyrow.js'

/** @param {App} app @param {Reach} it @param {Reach['causes'][number]} cause */
export const remedy = (app, it, cause) => html`<section class="cause">
  <h3>${t(`reach.cause.${cause}`)}</h3><p>${t(`reach.do.${cause}`)}</p>${cause === 'firewall' ? firewall(app, it) : nothing}</section>`

/** @param {App} app @param {Reach} it */
function firewall(app, { system, port }) {
  switch (system) {
    case 'windows': return html`<p>${t('reach.firewall.windows')}</p><p class="soft">${t('reach.firewall.admin')}</p>
      ${copyRow(app, `netsh advfirewall firewall add rule name=Duologue dir=in action=allow protocol=TCP localport=${port} profile=private,domain`)}`
    case 'darwin': return html`<p>${t('reach.firewall.darwin')}</p>`
    default: return html`<p>${t('reach.firewall.linux')}</p>
      ${copyRow(app, `sudo ufw allow ${port}/tcp`)}${copyRow(app, `sudo firewall-cmd --add-port=${port}/tcp`)}`
  }
}
