// Copying that also works on plain http, where the asynchronous clipboard is missing.

/** @param {string} text @returns {Promise<boolean>} */
export async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch { /* then the old way */ }
  }
  const box = document.createElement('textarea')
  const focus = document.activeElement
  box.value = text
  box.className = 'offscreen'
  // Inside an open dialog only the dialog's own content can be selected.
  const host = focus?.closest('dialog') ?? document.body
  host.append(box)
  // The old way moves the focus there and back; neither may move the conversation.
  box.focus({ preventScroll: true })
  box.select()
  const done = document.execCommand('copy')
  box.remove()
  if (focus instanceof HTMLElement) focus.focus({ preventScroll: true })
  return done
}
