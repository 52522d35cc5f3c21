// Above the composer: which message is answered, until it is sent or given up.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { line } from '../words/summary.js'
import { icon } from './icons.js'
import { nameOf } from './people.js'

/** @param {App} app @param {number} who */
export function replyBar(app, who) {
  const q = app.replies.value.get(who)
  if (!q) return nothing
  const to = q.user === app.data.value?.me.id ? t('reply.self') : t('reply.to', { name: nameOf(app, who) })
  return html`<div class="replying"><div class="q"><b dir="auto">${to}</b><span dir="auto">${line(q.content)}</span></div>
    <button type="button" class="ic" aria-label=${t('reply.stop')} title=${t('reply.stop')} @click=${() => stopReply(app, who)}>${icon('close')}</button></div>`
}

/** @param {App} app @param {number} who */
export function stopReply(app, who) {
  app.actions.reply(who, null)
  document.getElementById('box')?.focus()
}
