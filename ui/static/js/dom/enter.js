// The one place that decides what Enter means. The Enter that ends a Chinese or Japanese composition never sends: browsers say so
// by isComposing, or, where that comes too late, by key code 229.

/** @param {{key: string, isComposing?: boolean, keyCode?: number}} e */
export const composing = (e) => e.isComposing === true || e.keyCode === 229

/**
 * Whether this key press sends what is in a box of several lines.
 * @param {{key: string, isComposing?: boolean, keyCode?: number, shiftKey: boolean, altKey: boolean, ctrlKey: boolean, metaKey: boolean}} e
 * @param {boolean} breaks Enter alone breaks the line: on touch, and where somebody chose so
 */
export function sends(e, breaks) {
  if (e.key !== 'Enter' || composing(e) || e.shiftKey || e.altKey) return false
  return e.ctrlKey || e.metaKey || !breaks
}

/** Whether a key chooses or closes something; not while a composition uses it. @param {KeyboardEvent} e @param {string} key */
export const pressed = (e, key) => e.key === key && !composing(e)

const PRESSING = new Set(['Enter', ' ', 'Delete', 'Backspace'])

/**
 * Whether a key that is held down would press, or remove, once more what got the focus meanwhile. In a field it goes on writing.
 * @param {{key: string, repeat: boolean}} e
 * @param {boolean} field it goes into one
 */
export const repeats = (e, field) => e.repeat && !field && PRESSING.has(e.key)

/** Inputs that are pressed, not written in. */
const PRESSED = new Set(['checkbox', 'radio', 'file', 'button'])

/** @param {EventTarget | null} at */
const isField = (at) => at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement || (at instanceof HTMLInputElement && !PRESSED.has(at.type))

/** A press is one press, however long it takes; and an Enter that ends a composition in a field of one line doesn't submit its form either. */
export function guardKeys() {
  addEventListener('keydown', (e) => {
    if (repeats(e, isField(e.target))) {
      e.preventDefault()
      e.stopImmediatePropagation()
    }
    if (e.key === 'Enter' && composing(e) && e.target instanceof HTMLInputElement) e.preventDefault()
  }, true)
}
