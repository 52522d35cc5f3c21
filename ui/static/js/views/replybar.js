// Above the composer: which message is answered, until it is sent or given up.

/** @import {Session} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { line } from '../words/summary.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {Session} session @param {number} who */
export function replyBar(session, who) {
  const q = session.replies.value.get(who)
  if (!q) return nothing
  const to = q.user === session.data.value.me.id ? t('reply.self') : t('reply.to', { name: nameOf(session, who) })
  return html`<div class="replying"><div class="q"><b dir="auto">${to}</b><span dir="auto">${line(q.content)}</span></div>
    <button type="button" class="ic" aria-label=${t('reply.stop')} title=${t('reply.stop')} @click=${() => stopReply(session, who)}>${icon('close')}</button></div>`
}

/** @param {Session} session @param {number} who */
export function stopReply(session, who) {
  session.actions.reply(who, null)
  document.getElementById('box')?.focus()
}
