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

/** An Enter that ends a composition in a field of one line doesn't submit its form either. */
export function guardForms() {
  addEventListener('keydown', (e) => { if (e.key === 'Enter' && composing(e) && e.target instanceof HTMLInputElement) e.preventDefault() }, true)
}
