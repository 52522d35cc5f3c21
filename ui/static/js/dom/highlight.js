// Marks what a search found in the conversation on screen, without touching its elements. Where the browser can't, nothing is marked
// but the message that was jumped to.

import { soon } from './mount.js'

/**
 * @param {HTMLElement} pane
 * @param {(text: string) => {start: number, end: number}[]} find
 * @returns {(on: boolean) => void} call again when what is searched for has changed
 */
export function highlighter(pane, find) {
  if (typeof Highlight === 'undefined' || !CSS.highlights) return () => {}
  const marks = CSS.highlights
  let waiting = false
  const later = () => {
    if (waiting) return
    waiting = true
    soon(() => {
      waiting = false
      draw()
    })
  }
  const watch = new MutationObserver(later)
  let on = false

  function draw() {
    const ranges = on ? [...pane.querySelectorAll('.m .body')].flatMap((body) => rangesIn(body, find)) : []
    if (ranges.length) marks.set('found', new Highlight(...ranges))
    else marks.delete('found')
  }

  return (wanted) => {
    if (wanted && !on) watch.observe(pane, { childList: true, characterData: true, subtree: true })
    if (!wanted) watch.disconnect()
    on = wanted
    later()
  }
}

/** A match may begin in one piece of text and end in the next. @param {Element} body @param {(text: string) => {start: number, end: number}[]} find */
function rangesIn(body, find) {
  /** @type {{node: Text, start: number}[]} */
  const nodes = []
  let text = ''
  const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = /** @type {Text} */ (walk.currentNode)
    if (node.parentElement?.closest('small, button, time')) continue
    nodes.push({ node, start: text.length })
    text += node.data
  }
  return find(text).map(({ start, end }) => {
    const range = document.createRange()
    const first = nodes.findLast((n) => n.start <= start)
    const last = nodes.findLast((n) => n.start < end)
    if (first && last) {
      range.setStart(first.node, start - first.start)
      range.setEnd(last.node, end - last.start)
    }
    return range
  })
}
