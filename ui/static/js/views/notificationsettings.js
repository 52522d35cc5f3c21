// The switches for sound, pop-ups and do not disturb, and a line that says why there are no pop-ups here.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'

/** @param {Session} session */
export function notifications(session) {
  const { sound, popups, quiet, leave } = session.notifications
  const can = leave.value === 'granted' || leave.value === 'default'
  return html`${choice(session, 'sound', sound.value, t('notice.sound'))}
    ${can ? choice(session, 'popups', popups.value && leave.value === 'granted', t('notice.popups')) : nothing}
    ${choice(session, 'quiet', quiet.value, t('notice.quiet'))}
    ${why(session)}`
}

/** @param {Session} session @param {import('../state/notifications.js').Choice} name @param {boolean} on @param {string} words */
const choice = (session, name, on, words) => html`<label class="check"><input type="checkbox" name=${name} .checked=${on}
  @change=${async (/** @type {any} */ e) => {
    await session.notifications.turn(name, e.target.checked)
    e.target.checked = session.notifications[name].peek()
  }}><span>${words}</span></label>`

/** @param {Session} session */
export function why(session) {
  switch (session.notifications.leave.value) {
    case 'insecure': return html`<p class="soft">${t('notice.insecure')}</p>`
    case 'denied': return html`<p class="soft">${t('notice.denied')}</p>`
    case 'missing': return html`<p class="soft">${t('notice.missing')}</p>`
    default: return nothing
  }
}
