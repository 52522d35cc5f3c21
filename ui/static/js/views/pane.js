// The right side: a door for who isn't in, else what the route says.

/** @import {App, Session} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { chat } from './chat.js'
import { door } from './door.js'
import { invite } from './invite.js'
import { logo } from './logo.js'
import { reach } from './reach.js'
import { settings } from './settings.js'
import { icon } from './icons.js'
import { everybody } from './people.js'

/** @param {App} app @param {{scrolled: (log: HTMLElement) => void}} on */
export function pane(app, on) {
  if (app.phase.value !== 'app') return door(app)
  const session = app.session.value
  if (!session) return html`<div class="empty" aria-busy="true"></div>`
  const route = app.route.value
  switch (route.name) {
    case 'chat': return chat(session, route.who, on)
    case 'settings': return settings(session)
    case 'invite': return invite(session)
    case 'reach': return reach(session)
    default: return empty(session)
  }
}

/** @param {Session} session */
function empty(session) {
  const alone = everybody(session).length === 0
  return html`<div class="empty">${logo()}<h1>${t('empty.title')}</h1><p>${t(alone ? 'empty.alone' : 'empty.text')}</p>
    ${alone ? html`<button type="button" class="button main" @click=${() => session.router.go('invite')}>${icon('invite')}${t('side.invite')}</button>` : ''}</div>`
}
