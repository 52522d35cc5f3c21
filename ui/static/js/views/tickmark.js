// The state of a message of mine as a small sign, with its words for those who don't see it.

import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** @type {Record<'sending' | 'waiting' | 'held' | 'host' | 'delivered' | 'read' | 'failed', {icon: import('./icons.js').Icon, words: import('../words/index.js').Key}>} */
const MARKS = {
  sending: { icon: 'clock', words: 'tick.sending' },
  waiting: { icon: 'clock', words: 'tick.waiting' },
  held: { icon: 'clock', words: 'tick.held' },
  host: { icon: 'check', words: 'tick.host' },
  delivered: { icon: 'checks', words: 'tick.delivered' },
  read: { icon: 'checks', words: 'tick.read' },
  failed: { icon: 'alert', words: 'tick.failed' },
}

/** @param {keyof typeof MARKS} state */
export const tickMark = (state) => html`<span class="tick ${state}" role="img" aria-label=${t(MARKS[state].words)} title=${t(MARKS[state].words)}>${icon(MARKS[state].icon)}</span>`
