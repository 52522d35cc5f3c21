// What somebody wrote, as elements: text nodes, links and code, nothing else.

/** @import {Shell} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { linkify } from '../text/linkify.js'
import { splitCode } from '../text/code.js'
import { limitMarks } from '../text/limitmarks.js'
import { t } from '../words/index.js'
import { copyAndSay } from './copyrow.js'
import { icon } from './icons.js'

/** @param {Shell} shell @param {string} content */
export const rich = (shell, content) => splitCode(limitMarks(content)).map((part) => part.kind === 'text' ? linked(part.text)
  : part.kind === 'code' ? html`<code dir="ltr">${part.text}</code>` : block(shell, part.text))

/** An address runs from left to right by itself, whatever steers the text before it. @param {string} text */
const linked = (text) => linkify(text).map((piece) => piece.href
  ? html`<a href=${piece.href} dir="ltr" target="_blank" rel="noopener noreferrer">${piece.text}</a>`
  : piece.text)

/** @param {Shell} shell @param {string} text */
const block = (shell, text) => html`<div class="block" dir="ltr"><pre tabindex="-1"><code>${text}</code></pre><button type="button" class="ic" tabindex="-1"
  aria-label=${t('copy.code')} title=${t('copy.code')} @click=${() => copyAndSay(shell, text)}>${icon('copy')}</button></div>`
