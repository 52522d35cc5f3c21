// Where I am signed in, a way to sign one out, and a link for another.

/** @import {App, Device} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { deviceName } from '../text/devicename.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { minutes } from './chatmenu.js'
import { icon } from './icons.js'

/** @param {App} app */
export const devices = (app) => html`
  <ul class="devices">${app.devices.value?.map((d) => html`<li>${icon('devices')}<span><b>${deviceName(d.device)}</b>
    <small>${d.current ? t('settings.devices.this') : t('settings.devices.seen', { time: full(d.seen, locale()) })}</small></span>
    ${d.current ? nothing : html`<button type="button" class="button" @click=${() => end(app, d)}>${t('settings.devices.end')}</button>`}</li>`) ?? nothing}</ul>
  <button type="button" class="button" @click=${() => link(app)}>${icon('link')}${t('settings.devices.add')}</button>`

/** @param {App} app @param {Device} d */
function end(app, d) {
  app.confirm.value = {
    title: t('sure.end'), text: t('sure.end.text', { device: deviceName(d.device) }), action: t('sure.end.go'), danger: true,
    run: async () => {
      await app.actions.tell(app.api.endSession(d.id))
      await app.actions.loadDevices()
    },
  }
}

/** @param {App} app */
async function link(app) {
  const made = await app.actions.tell(app.api.linkForMe())
  if (made) app.linkDialog.value = { title: t('link.title'), text: t('link.text', { n: minutes(app, made.expires) }), link: made.url }
}
