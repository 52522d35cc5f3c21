import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dismissed, setOpen } from '../static/js/dom/dialog.js'

/** A dialog of a browser: it tells later that it was closed. */
const fake = () => ({ open: false, shown: 0, showModal() { this.open = true; this.shown++ }, close() { this.open = false } })

test('what Escape closed is not shown again by a drawing before the browser tells', () => {
  const d = fake()
  const question = {}
  setOpen(d, true, question)
  d.close()
  setOpen(d, true, question)
  assert.deepEqual([d.open, d.shown, dismissed({ currentTarget: d }, question)], [false, 1, true])
  setOpen(d, false, null)
  setOpen(d, true, {})
  assert.deepEqual([d.open, d.shown], [true, 2])
})

test('the end of one question is not taken for the end of the next', () => {
  const d = fake()
  const [one, two] = [{}, {}]
  setOpen(d, true, one)
  setOpen(d, false, null)
  assert.equal(dismissed({ currentTarget: d }, two), false, 'asked, and not drawn yet')
  setOpen(d, true, two)
  assert.equal(dismissed({ currentTarget: d }, two), false, 'open')
})
