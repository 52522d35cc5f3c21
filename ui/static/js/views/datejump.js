// Going to a day of a conversation.

/** @import {Session} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'

/** @param {Session} session @param {number} who */
export function askForDate(session, who) {
  session.router.go('chat', who)
  const today = local(new Date(session.actions.now()))
  session.panel.value = { title: t('date.title'), view: () => html`<form class="dateform" @submit=${(/** @type {SubmitEvent} */ e) => {
      e.preventDefault()
      const date = begin(/** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (e.target).elements.namedItem('day')).value)
      if (Number.isNaN(date)) return
      session.panel.value = null
      session.pages.jumpToDate(who, date)
    }}><label class="field"><span>${t('date.day')}</span><input type="date" name="day" required max=${today} .defaultValue=${today} autofocus></label>
    <button type="submit" class="button main">${t('date.go')}</button></form>` }
}

/** When that day begins here, ms. @param {string} day 2026-05-03 */
function begin(day) {
  const [y, m, d] = day.split('-').map(Number)
  return new Date(y, m - 1, d).getTime()
}

/** @param {Date} date */
const local = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, '0')).join('-')
