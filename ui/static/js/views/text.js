// What somebody wrote, as elements: text nodes and links, nothing else.

import { html } from '../../vendor/lit-html/lit-html.js'
import { linkify } from '../text/linkify.js'
import { tame } from '../text/tame.js'

/** @param {string} content */
export const rich = (content) => linkify(tame(content)).map((piece) => piece.href
  ? html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>`
  : piece.text)

/** One line of it, for a list. @param {string} content */
export const line = (content) => tame(content.slice(0, 160).replace(/\s+/g, ' ').trim())
