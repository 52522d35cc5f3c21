// A conversation: who it is with, what was said, where to write.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { keyed } from '../../vendor/lit-html/directives/keyed.js'
import { t } from '../words/index.js'
import { avatar } from './avatar.js'
import { backButton } from './backbutton.js'
import { chatMenu } from './chatmenu.js'
import { composer } from './composer.js'
import { icon } from './icons.js'
import { isHere, nameOf, presenceOf } from './people.js'
import { selectionBar } from './selectionbar.js'
import { openSearch, searchBar } from './searchbar.js'
import { messageList } from './messagelist.js'

/** @param {Session} session @param {number} who @param {{scrolled: (log: HTMLElement) => void}} on */
export function chat(session, who, on) {
  const data = session.data.value
  const name = nameOf(session, who)
  const self = who === data.me.id
  const online = !self && isHere(session, who)
  const picked = session.selected.value?.who === who ? session.selected.value : null
  return keyed(who, html`
    <header class="head">
      ${backButton(session)}
      ${avatar({ id: who, name, self, online, size: 'middle' })}
      <div class="title"><h1 dir="auto">${name}</h1><p>${presenceOf(session, who)}</p></div>
      ${data.chats.has(who) ? html`<button type="button" class="ic" id="chat-find" aria-label=${t('find.here')} title=${t('find.here')}
        @click=${() => openSearch(session, who)}>${icon('search')}</button>
      <button type="button" class="ic" id="chat-menu" aria-haspopup="menu" aria-label=${t('menu.chat')} title=${t('menu.chat')}
        @click=${(/** @type {any} */ e) => chatMenu(session, who, e.currentTarget)}>${icon('more')}</button>` : nothing}
    </header>
    ${searchBar(session, who)}
    ${messageList(session, who, on)}
    ${picked ? selectionBar(session, who, picked.messages) : composer(session, who)}`)
}
