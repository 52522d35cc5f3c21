// The switches for sound, pop-ups and do not disturb, and a line that says why there are no pop-ups here.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'

/** @param {App} app */
export function notifications(app) {
  const { sound, popups, quiet, leave } = app.notifications
  const can = leave.value === 'granted' || leave.value === 'default'
  return html`${choice(app, 'sound', sound.value, t('notice.sound'))}
    ${can ? choice(app, 'popups', popups.value && leave.value === 'granted', t('notice.popups')) : nothing}
    ${choice(app, 'quiet', quiet.value, t('notice.quiet'))}
    ${why(app)}`
}

/** @param {App} app @param {import('../state/notifications.js').Choice} name @param {boolean} on @param {string} words */
const choice = (app, name, on, words) => html`<label class="check"><input type="checkbox" name=${name} .checked=${on}
  @change=${async (/** @type {any} */ e) => {
    await app.notifications.turn(name, e.target.checked)
    e.target.checked = app.notifications[name].peek()
  }}><span>${words}</span></label>`

/** @param {App} app */
export function why(app) {
  switch (app.notifications.leave.value) {
    case 'insecure': return html`<p class="soft">${t('notice.insecure')}</p>`
    case 'denied': return html`<p class="soft">${t('notice.denied')}</p>`
    case 'missing': return html`<p class="soft">${t('notice.missing')}</p>`
    default: return nothing
  }
}
