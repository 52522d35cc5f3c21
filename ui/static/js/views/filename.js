// A file's name as it stands on the page: its end stays in sight, and no direction of writing reaches beyond it.

import { html } from '../../vendor/lit-html/lit-html.js'
import { halves } from '../text/filename.js'
import { limitMarks } from '../text/limitmarks.js'

/** Halves are for the eye: what is heard is the name as one. @param {string} name */
export function fileName(name) {
  const whole = limitMarks(name)
  const [stem, tail] = halves(whole)
  return html`<bdi class="filename" dir="auto" title=${name} aria-hidden="true"><span>${stem}</span><span>${tail}</span></bdi><bdi class="offscreen">${whole}</bdi>`
}
