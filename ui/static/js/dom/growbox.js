// The field where a message is written grows with its text.

/** As high as its text, up to the height that the style sheet sets. */
export function grow() {
  const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById('box'))
  if (!box || box.dataset.fits === `${box.clientWidth} ${box.value}`) return
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
  box.dataset.fits = `${box.clientWidth} ${box.value}`
}
