// Which language the page speaks. Each names itself.

/** @import {App} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { lang, speak, t } from '../words/index.js'

/** @type {[import('../words/index.js').Lang, string, string][]} */
const ALL = [['en', 'en', 'English'], ['zh', 'zh-CN', '简体中文']]

/** @param {App} app */
export const languages = (app) => html`<div class="languages" role="group" aria-label=${t('settings.language')}>${ALL.map(([code, tag, name]) =>
  html`<button type="button" lang=${tag} aria-pressed=${lang.value === code} @click=${() => speak(app.env.local, code)}>${name}</button>`)}</div>`
