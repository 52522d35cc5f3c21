// A file's name as it stands on the page: its end stays in sight, and no direction of writing reaches beyond it.

import { html } from '../../vendor/lit-html/lit-html.js'
import { halves } from '../text/filename.js'
import { limitMarks } from '../text/limitmarks.js'

/** @param {string} name */
export function fileName(name) {
  const [stem, tail] = halves(limitMarks(name))
  return html`<bdi class="filename" dir="auto" title=${name}><span>${stem}</span><span>${tail}</span></bdi>`
}
