// The tab's icon with a number on it: the mark, drawn on a canvas, for a picture made here is the only kind that needs no file.

const SIZE = 64
const SHAPES = [
  ['#3c5c96', 'M9 5a9 9 0 1 1 0 18H3.500A3.500 3.500 0 0 1 0 19.500V14a9 9 0 0 1 9-9z'],
  ['#d6532b', 'M19 5a9 9 0 0 1 9 9v5.500a3.500 3.500 0 0 1-3.500 3.500H19a9 9 0 1 1 0-18z'],
  ['#3a1d22', 'M14 6.500a9 9 0 0 1 0 15 9 9 0 0 1 0-15z'],
]

/** @returns {(n: number, dot: boolean) => void} */
export function favicon() {
  let link = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=icon]'))
  const plain = { href: link.href, type: link.type }
  let shown = ''
  return (n, dot) => {
    const text = n > 99 ? '99' : n ? String(n) : dot ? '•' : ''
    if (text === shown) return
    shown = text
    // A new element: some browsers don't look at the old one again.
    const next = /** @type {HTMLLinkElement} */ (link.cloneNode())
    Object.assign(next, text ? { href: draw(text), type: 'image/png' } : plain)
    link.replaceWith(next)
    link = next
  }
}

/** @param {string} text @returns {string} a data: address */
function draw(text) {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE
  const pen = canvas.getContext('2d')
  if (!pen) return ''
  pen.save()
  pen.scale(SIZE / 28, SIZE / 28)
  pen.translate(0, -4)
  for (const [colour, path] of SHAPES) {
    pen.fillStyle = colour
    pen.fill(new Path2D(path))
  }
  pen.restore()
  const dot = text === '•'
  const [w, h] = dot ? [26, 26] : [text.length > 1 ? 48 : 38, 38]
  // A ring of nothing parts the number from the mark.
  pen.globalCompositeOperation = 'destination-out'
  pill(pen, w + 8, h + 8, 4)
  pen.globalCompositeOperation = 'source-over'
  pen.fillStyle = '#ba3d19'
  pill(pen, w, h, 0)
  if (!dot) {
    pen.fillStyle = '#fff'
    pen.font = `bold 32px sans-serif`
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.fillText(text, SIZE - w / 2, SIZE - h / 2 + 2)
  }
  return canvas.toDataURL()
}

/** In the lower corner. @param {CanvasRenderingContext2D} pen @param {number} w @param {number} h @param {number} over */
function pill(pen, w, h, over) {
  pen.beginPath()
  pen.roundRect(SIZE - w + over, SIZE - h + over, w, h, h / 2)
  pen.fill()
}
