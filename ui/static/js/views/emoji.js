// Choosing an emoji: a card above the composer, on a phone a sheet below it. Arrows move through it, Enter takes one.

/** @import {Shell} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { keyed } from '../../vendor/lit-html/directives/keyed.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { composing } from '../dom/enter.js'
import { touch } from '../dom/touch.js'
import { GROUPS, RECENT } from '../state/emoji.js'
import { lang, t } from '../words/index.js'
import { emojiKeys } from './emojikeys.js'

/** @type {Record<number, {sign: string, words: import('../words/index.js').Key}>} */
const KINDS = {
  [RECENT]: { sign: '🕘', words: 'emoji.recent' },
  0: { sign: '😀', words: 'emoji.smileys' },
  1: { sign: '👋', words: 'emoji.people' },
  3: { sign: '🐻', words: 'emoji.animals' },
  4: { sign: '🍎', words: 'emoji.food' },
  5: { sign: '🚗', words: 'emoji.travel' },
  6: { sign: '⚽', words: 'emoji.activities' },
  7: { sign: '💡', words: 'emoji.objects' },
  8: { sign: '💛', words: 'emoji.symbols' },
  9: { sign: '🏁', words: 'emoji.flags' },
}
const TONES = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿']

/** @param {Shell} shell */
export function emojiPicker(shell) {
  const { query, group, open } = shell.emoji
  if (!open.value) return nothing
  const words = query.value.trim()
  return html`<div class="picker" id="picker" role="dialog" aria-label=${t('emoji')} @keydown=${(/** @type {KeyboardEvent} */ e) => emojiKeys(shell, e)}>
    <input type="search" class="look" autocomplete="off" placeholder=${t('emoji.search')} aria-label=${t('emoji.search')} .value=${live(query.value)}
      @input=${(/** @type {any} */ e) => { query.value = e.target.value }} @keydown=${(/** @type {KeyboardEvent} */ e) => first(shell, e)}>
    <div class="kinds" role="tablist" aria-label=${t('emoji.groups')}>${[RECENT, ...GROUPS].map((kind) => {
      const on = !words && kind === group.value
      return html`<button type="button" role="tab" aria-selected=${on} aria-controls="emoji-list" tabindex=${on || (words && kind === RECENT) ? 0 : -1} aria-label=${t(KINDS[kind].words)} title=${t(KINDS[kind].words)}
        @click=${() => shell.emoji.choose(kind)}>${KINDS[kind].sign}</button>`
    })}</div>
    ${keyed(`${group.value} ${words}`, list(shell, words ? t('emoji.found') : t(KINDS[group.value].words)))}
    ${tones(shell)}</div>`
}

/** @param {Shell} shell @param {string} name */
function list(shell, name) {
  const shown = shell.emoji.shown()
  return html`<div class="emojis" id="emoji-list" role="tabpanel" aria-label=${name}>
    ${shown.length ? html`<div role="listbox" aria-label=${name}>${shown.map(({ text, of }, i) => html`<button type="button" role="option" aria-selected="false" tabindex=${i ? -1 : 0}
      aria-label=${of[lang.value]} title=${of[lang.value]} @click=${(/** @type {MouseEvent} */ e) => press(shell, text, e)}>${text}</button>`)}</div>` : html`<p class="soft" role="status">${why(shell)}</p>`}</div>`
}

/** @param {Shell} shell */
function why(shell) {
  if (shell.emoji.failed.value) return html`${t('emoji.failed')} <button type="button" class="link" @click=${() => shell.emoji.load()}>${t('retry')}</button>`
  if (!shell.emoji.all.value) return t('loading')
  return t(shell.emoji.query.value.trim() ? 'emoji.none' : 'emoji.recent.none')
}

/** @param {Shell} shell */
const tones = (shell) => html`<div class="tones" role="radiogroup" aria-label=${t('emoji.tone')}>${TONES.map((hand, i) =>
  html`<label><input type="radio" name="tone" value=${i} aria-label=${t(/** @type {import('../words/index.js').Key} */ (`emoji.tone.${i}`))} .checked=${shell.emoji.tone.value === i}
    @change=${() => shell.emoji.paint(i)}><span aria-hidden="true">${hand}</span></label>`)}</div>`

/** Enter takes the best of what was found. @param {Shell} shell @param {KeyboardEvent} e */
function first(shell, e) {
  if (e.key === 'Enter') e.preventDefault()
  if (e.key !== 'Enter' || composing(e) || !shell.emoji.query.peek().trim()) return
  const [best] = shell.emoji.shown()
  if (best) take(shell, best.text)
}

/** A mouse goes back to writing, so that Enter sends; keys stay among the emoji, and on glass the keyboard would cover them.
 * @param {Shell} shell @param {string} text @param {MouseEvent} e */
function press(shell, text, e) {
  take(shell, text)
  if (e.detail > 0 && !touch()) document.getElementById('box')?.focus({ preventScroll: true })
}

/** Into the text, where the cursor was. @param {Shell} shell @param {string} text */
function take(shell, text) {
  const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('box'))
  if (!box) return
  shell.emoji.used(text)
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
