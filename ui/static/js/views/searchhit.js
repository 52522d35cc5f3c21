// One message that a search found: whose chat, when, and what stands around the match.

/** @import {Session, Hit} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { snippet } from '../text/snippet.js'
import { limitMarks } from '../text/limitmarks.js'
import { locale, t } from '../words/index.js'
import { brief, full } from '../words/time.js'
import { avatar } from './avatar.js'
import { nameOf } from './people.js'

/** @param {Session} session @param {Hit} hit @param {string} query */
export function hitRow(session, { who, message }, query) {
  const me = session.data.value.me.id
  const name = nameOf(session, who)
  return html`<li class="item"><a class="row hit" href="#/chat/${who}"
    @click=${(/** @type {MouseEvent} */ e) => {
      if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return
      e.preventDefault()
      session.pages.jump(who, message.seq)
    }}>
    ${avatar({ id: who, name, self: who === me })}
    <span class="what"><b dir="auto">${name}</b>
      <span class="snippet" dir="auto">${who !== me && message.user === me ? html`<span class="soft">${t('search.mine')} </span>` : nothing}${snippet(message.content, query).map((p) => p.hit
        ? html`<mark>${limitMarks(p.text)}</mark>` : limitMarks(p.text))}</span></span>
    <span class="side-note"><time datetime=${new Date(message.date).toISOString()} title=${full(message.date, locale())}>${brief(message.date, session.minute.value, locale())}</time></span></a></li>`
}
