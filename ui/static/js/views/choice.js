// One of a few, all in sight: radio buttons that look like one control.

import { html } from '../../vendor/lit-html/lit-html.js'

/**
 * @template {string} V
 * @param {string} name
 * @param {string} label
 * @param {V} value
 * @param {[V, string][]} options
 * @param {(value: V) => void} chosen
 */
export const choice = (name, label, value, options, chosen) => html`<fieldset class="choice"><legend>${label}</legend><div>${options.map(([v, words]) =>
  html`<label><input type="radio" name=${name} value=${v} .checked=${v === value} @change=${() => chosen(v)}><span>${words}</span></label>`)}</div></fieldset>`
