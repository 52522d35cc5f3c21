// Where I am signed in, a way to sign one out, and a link for another.

/** @import {Session, Device} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { deviceName } from '../text/devicename.js'
import { minutesUntil } from '../words/duration.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { icon } from './icons.js'

/** @param {Session} session */
export const devices = (session) => html`
  <ul class="devices">${session.devices.value?.map((d) => html`<li>${icon('devices')}<span><b>${deviceName(d.device)}</b>
    <small>${d.current ? t('settings.devices.this') : t('settings.devices.seen', { time: full(d.seen, locale()) })}</small></span>
    ${d.current ? nothing : html`<button type="button" class="button" @click=${() => end(session, d)}>${t('settings.devices.end')}</button>`}</li>`) ?? nothing}</ul>
  <button type="button" class="button" @click=${() => link(session)}>${icon('link')}${t('settings.devices.add')}</button>`

/** @param {Session} session @param {Device} d */
function end(session, d) {
  session.confirm.value = {
    title: t('sure.end'), text: t('sure.end.text', { device: deviceName(d.device) }), action: t('sure.end.go'), danger: true,
    run: () => session.settings.endDevice(d.id),
  }
}

/** @param {Session} session */
async function link(session) {
  const made = await session.settings.linkForMe()
  if (made) session.linkDialog.value = { title: t('link.title'), text: t('link.text', { n: minutesUntil(made.expires, session.actions.now()) }), link: made.url }
}
