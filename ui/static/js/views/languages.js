// Which language the page speaks. Each names itself.

/** @import {Shell} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { lang, speak, t } from '../words/index.js'

/** @type {[import('../words/index.js').Lang, string, string][]} */
const ALL = [['en', 'en', 'English'], ['zh', 'zh-CN', '简体中文']]

/** @param {Shell} shell */
export const languages = (shell) => html`<div class="languages" role="group" aria-label=${t('settings.language')}>${ALL.map(([code, tag, name]) =>
  html`<button type="button" lang=${tag} aria-pressed=${lang.value === code} @click=${() => speak(shell.env.local, code)}>${name}</button>`)}</div>`
