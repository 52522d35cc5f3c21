// An address or a code to hand over, with a button that copies it.

/** @import {App} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { copy } from '../dom/clipboard.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** @param {App} app @param {string} text */
export async function copyAndSay(app, text) {
  app.actions.toast(t(await copy(text) ? 'copied' : 'copy.failed'))
}

/** @param {App} app @param {string} text @param {string} [big] */
export const copyRow = (app, text, big = '') => html`<div class="copyrow ${big}"><code>${text}</code>
  <button type="button" class="ic" title=${t('copy')} aria-label=${t('copy')} @click=${() => copyAndSay(app, text)}>${icon('copy')}</button></div>`
