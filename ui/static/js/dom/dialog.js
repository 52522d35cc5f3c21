// Dialogs are opened and closed by calls, not by an attribute, and tell that they were closed only a moment later: by then the next
// question may be asked already.

/** What each one showed when it was drawn. @type {WeakMap<HTMLDialogElement, unknown>} */
const drawn = new WeakMap()

/** Call it when the page is drawn. @param {HTMLDialogElement | null} dialog @param {boolean} open @param {unknown} shows */
export function setOpen(dialog, open, shows) {
  if (!dialog) return
  const before = drawn.get(dialog)
  drawn.set(dialog, shows)
  // One that shows this already was closed with the Escape key a moment ago, and is about to tell.
  if (open && !dialog.open && before !== shows) dialog.showModal()
  if (!open && dialog.open) dialog.close()
}

/** Whether it was closed over what is wanted now, e.g. with the Escape key. @param {Event} e its close event @param {unknown} wanted */
export function dismissed(e, wanted) {
  const dialog = /** @type {HTMLDialogElement} */ (e.currentTarget)
  return Boolean(wanted) && !dialog.open && drawn.get(dialog) === wanted
}

/** Whether a click went beside what the dialog shows. @param {Event} e */
export const beside = (e) => e.target === e.currentTarget
