// The right side: a door for who isn't in, else what the route says.

/** @import {App} from '../../../types' */
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
  if (!app.data.value) return html`<div class="empty" aria-busy="true"></div>`
  const route = app.route.value
  switch (route.name) {
    case 'chat': return chat(app, route.who, on)
    case 'settings': return settings(app)
    case 'invite': return invite(app)
    case 'reach': return reach(app)
    default: return empty(app)
  }
}

/** @param {App} app */
function empty(app) {
  const alone = everybody(app).length === 0
  return html`<div class="empty">${logo()}<h1>${t('empty.title')}</h1><p>${t(alone ? 'empty.alone' : 'empty.text')}</p>
    ${alone ? html`<button type="button" class="button main" @click=${() => app.router.go('invite')}>${icon('invite')}${t('side.invite')}</button>` : ''}</div>`
}
