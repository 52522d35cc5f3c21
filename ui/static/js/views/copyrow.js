// An address or a code to hand over, with a button that copies it.

/** @import {Shell} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { copy } from '../dom/clipboard.js'
import { showToast } from '../state/toast.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** @param {Shell} shell @param {string} text */
export async function copyAndSay(shell, text) {
  showToast(shell, t(await copy(text) ? 'copied' : 'copy.failed'))
}

/** @param {Shell} shell @param {string} text @param {string} [big] */
export const copyRow = (shell, text, big = '') => html`<div class="copyrow ${big}"><code>${text}</code>
  <button type="button" class="ic" title=${t('copy')} aria-label=${t('copy')} @click=${() => copyAndSay(shell, text)}>${icon('copy')}</button></div>`
