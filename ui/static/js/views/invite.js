// How somebody new gets in: addresses that carry the code, and the code by itself.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { backButton } from './chat.js'
import { copyRow } from './copyrow.js'

/** @param {App} app */
export function invite(app) {
  const it = app.invited.value
  const [first, ...rest] = it?.urls ?? []
  return html`<header class="head">${backButton(app)}<div class="title"><h1>${t('invite.title')}</h1></div></header>
    <div class="sheet"><div class="page">
      <p>${t('invite.text')}</p>
      ${first ? copyRow(app, first, 'big') : nothing}
      ${rest.length ? html`<h2>${t('invite.other')}</h2>${rest.map((url) => copyRow(app, url))}` : nothing}
      ${it ? html`<h2>${t('invite.code')}</h2>${copyRow(app, it.code, 'big code')}` : html`<p class="soft" role="status">${t('loading')}</p>`}
      ${it && app.data.value?.me.owner ? html`<button type="button" class="button" @click=${() => ask(app)}>${t('invite.new')}</button>` : nothing}
    </div></div>`
}

/** @param {App} app */
function ask(app) {
  app.confirm.value = {
    title: t('sure.code'), text: t('sure.code.text'), action: t('sure.code.go'), danger: false,
    run: async () => {
      if (await app.deeds.tell(app.api.newInvite())) await app.deeds.loadInvite()
    },
  }
}
