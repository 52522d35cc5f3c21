import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { hasNewer } from '../static/js/proto/messagerange.js'
import { opening, replaced } from '../static/js/proto/window.js'
import { createPages } from '../static/js/state/pages.js'
import { FakeClock } from './fakes.js'

const page = (from, to) => ({ messages: Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, cid: `c${from + i}`, user: 2, content: '', date: 1 })), more: from > 1 })

test('the end that cannot be reached leaves the window as it is, says so, and can be asked for again', async () => {
  const before = replaced(opening(), page(1, 30), true)
  let answer = () => Promise.reject(new Error('cut'))
  const app = {
    windows: signal(new Map([[2, before]])), data: signal({ chats: new Map([[2, { last: { seq: 200 } }]]) }), toEnd: signal(true), toast: signal(''),
    clock: new FakeClock(), api: { messages: () => answer() },
  }
  const pages = createPages(app, {})
  await pages.toEnd(2)
  const after = app.windows.value.get(2)
  assert.deepEqual([after.range, hasNewer(after.range), after.paging], [before.range, true, 'idle'])
  assert.equal(app.toEnd.value, false)
  assert.notEqual(app.toast.value, '')
  answer = async () => page(151, 200)
  await pages.toEnd(2)
  const { range } = app.windows.value.get(2)
  assert.deepEqual([range.items.at(-1).seq, hasNewer(range)], [200, false])
})
