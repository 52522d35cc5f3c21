// What lies above the page for a while: the menu, and the passing line. Where the browser has popovers it is one. Elsewhere the style
// sheet lays it over the page; over a modal dialog only what is in the dialog is seen, so it stands there until that is closed.

const NATIVE = 'showPopover' in HTMLElement.prototype

/** Above everything that was opened before. @param {HTMLElement} place */
export function raise(place) {
  lower(place)
  place.dataset.raised = ''
  if (NATIVE) return place.showPopover()
  const dialog = document.querySelector('dialog[open]')
  dialog?.prepend(place)
  dialog?.addEventListener('close', () => document.body.append(place), { once: true })
}

/** @param {HTMLElement} place */
export function lower(place) {
  if (!('raised' in place.dataset)) return
  delete place.dataset.raised
  if (NATIVE) place.hidePopover()
}
