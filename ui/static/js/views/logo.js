// The mark: two speech shapes that overlap.

import { html } from '../../vendor/lit-html/lit-html.js'

export const logo = () => html`<svg class="mark" viewBox="0 0 28 18" aria-hidden="true" focusable="false">
  <path class="mine" d="M9 0a9 9 0 1 1 0 18H3.5A3.5 3.5 0 0 1 0 14.500V9a9 9 0 0 1 9-9z"></path>
  <path class="theirs" d="M19 0a9 9 0 0 1 9 9v5.500a3.500 3.500 0 0 1-3.500 3.500H19a9 9 0 1 1 0-18z"></path></svg>`
