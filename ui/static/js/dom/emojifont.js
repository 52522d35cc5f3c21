// Which emoji this computer can draw: the first of each year is drawn and looked at. A font that has them paints in colours;
// where even the oldest face comes out black, an emoji is there if it looks different from a character that nobody has.

/** By the version of the standard that brought them. */
const FIRST = /** @type {const} */ ([[17, '🫪'], [16, '🫩'], [15, '🫨'], [14, '🫠'], [13, '🥲'], [12, '🥱'], [11, '🥰'], [5, '🤩'], [3, '🤣'], [1, '😀']])
const NOBODY = '\u{10FFFD}'
const SIDE = 24

/** @returns {import('../state/emoji.js').Drawable} */
export function drawable() {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return { version: Infinity, flags: true }
  pen.font = `${SIDE * 0.7}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", "Twemoji", "Twitter Color Emoji", system-ui, sans-serif`
  pen.textBaseline = 'top'
  const draw = (/** @type {string} */ text) => {
    pen.clearRect(0, 0, SIDE, SIDE)
    pen.fillText(text, 0, 2)
    return pen.getImageData(0, 0, SIDE, SIDE).data
  }
  const coloured = (/** @type {string} */ text) => {
    const dots = draw(text)
    for (let i = 0; i < dots.length; i += 4) if (dots[i] !== dots[i + 1] || dots[i] !== dots[i + 2]) return true
    return false
  }
  const colours = coloured('😀')
  const nobody = String(draw(NOBODY))
  const has = (/** @type {string} */ text) => colours ? coloured(text) : String(draw(text)) !== nobody
  return { version: FIRST.find(([, text]) => has(text))?.[0] ?? 0, flags: colours && has('🇨🇳') }
}
