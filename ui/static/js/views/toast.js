// A line at the bottom that says what just happened, and goes by itself.

/** @import {Shell} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { lower, raise } from '../dom/toplayer.js'

/** @param {Shell} shell */
export const toast = (shell) => shell.toast.value ? html`<p>${shell.toast.value}</p>` : nothing

/** Above everything, an open dialog too, which has a layer of its own. @param {HTMLElement} place @param {string} text */
export function lift(place, text) {
  if (text) raise(place)
  else lower(place)
}
