// A conversation: who it is with, what was said, where to write.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { keyed } from '../../vendor/lit-html/directives/keyed.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { chatMenu } from './chatmenu.js'
import { composer } from './composer.js'
import { icon } from './icons.js'
import { isHere, nameOf, presenceOf } from './people.js'
import { selectionBar } from './selectionbar.js'
import { openSearch, searchBar } from './searchbar.js'
import { messageList } from './messagelist.js'

/** @param {App} app @param {number} who @param {{scrolled: (log: HTMLElement) => void}} on */
export function chat(app, who, on) {
  const data = app.data.value
  const name = nameOf(app, who)
  const self = who === data?.me.id
  const online = !self && isHere(app, who)
  const picked = app.selected.value?.who === who ? app.selected.value : null
  return keyed(who, html`
    <header class="head">
      ${backButton(app)}
      ${avatar({ id: who, name, self, online, size: 'middle' })}
      <div class="title"><h1 dir="auto">${name}</h1><p>${presenceOf(app, who)}</p></div>
      ${data?.chats.has(who) ? html`<button type="button" class="ic" id="chat-find" aria-label=${t('find.here')} title=${t('find.here')}
        @click=${() => openSearch(app, who)}>${icon('search')}</button>
      <button type="button" class="ic" id="chat-menu" aria-haspopup="menu" aria-label=${t('menu.chat')} title=${t('menu.chat')}
        @click=${(/** @type {any} */ e) => chatMenu(app, who, e.currentTarget)}>${icon('more')}</button>` : nothing}
    </header>
    ${searchBar(app, who)}
    ${messageList(app, who, on)}
    ${picked ? selectionBar(app, who, picked.messages) : composer(app, who)}`)
}

/** Only where one pane is shown at a time; the style sheet hides it elsewhere. @param {App} app */
export const backButton = (app) => html`<button type="button" class="ic back" aria-label=${t('back')} title=${t('back')} @click=${() => app.router.back()}>${icon('back')}</button>`
