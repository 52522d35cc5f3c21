// When a message was written and how far it came: only what the host really tells.

/** @import {Session, Message} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { tick } from '../proto/ticks.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { nameOf } from './people.js'
import { tickMark } from './tickmark.js'

/** @param {Session} session @param {number} who @param {Message} m */
export function showDetails(session, who, m) {
  session.panel.value = { title: t('details'), view: () => details(session, who, m) }
}

/** @param {Session} session @param {number} who @param {Message} m */
function details(session, who, m) {
  const data = session.data.value
  const mine = m.user === data.me.id
  return html`<dl class="details">
    ${row(t('details.from'), mine ? t('you') : nameOf(session, who))}
    ${row(t('details.sent'), full(m.date, locale()))}
    ${m.edited ? row(t('details.edited'), full(m.edited, locale())) : nothing}
    ${mine && who !== data.me.id && !m.recalled ? way(session, who, m) : nothing}</dl>`
}

/** @param {Session} session @param {number} who @param {Message} m */
function way(session, who, m) {
  const name = nameOf(session, who)
  const state = tick(m, session.data.value.chats.get(who))
  const silent = session.data.value.me.receipts === false
  return html`${row(t('tick.host'), html`${tickMark('host')}${t('yes')}`)}
    ${row(t('tick.delivered'), state === 'host' ? t('details.notYet') : html`${tickMark('delivered')}${t('details.delivered', { name })}`)}
    ${row(t('tick.read'), state === 'read' ? html`${tickMark('read')}${t('details.read', { name })}` : silent ? t('details.silent') : t('details.unread', { name }))}`
}

/** @param {string} what @param {unknown} value */
const row = (what, value) => html`<div><dt>${what}</dt><dd>${value}</dd></div>`
