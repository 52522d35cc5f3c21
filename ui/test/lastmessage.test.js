import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { lastAt, lastOf } from '../static/js/state/lastmessage.js'

test('a message that I am removing is not the last of the chat any more', () => {
  const m = (seq) => ({ seq, date: seq * 100 })
  const chat = { who: 2, date: 50, last: m(9) }
  const window = (later) => ({ state: 'ready', range: { above: [m(6)], items: [m(7)], below: [m(9)], later } })
  const app = { hidden: signal(new Map()), windows: signal(new Map([[2, window(false)]])), outbox: signal([]), files: { going: signal([]) } }
  const shown = (...seqs) => { app.hidden.value = new Map([[2, new Set(seqs)]]); return [lastOf(app, chat)?.seq, lastAt(app, chat)] }
  assert.deepEqual(shown(), [9, 900])
  assert.deepEqual(shown(6), [9, 900])
  assert.deepEqual(shown(9), [7, 700])
  assert.deepEqual(shown(9, 7), [6, 600])
  assert.deepEqual(shown(9, 7, 6), [undefined, 50])
  app.windows.value = new Map([[2, window(true)]])
  assert.deepEqual(shown(9), [undefined, 50], 'what lies between is not here')
  app.windows.value = new Map()
  assert.deepEqual(shown(9), [undefined, 50])
  app.outbox.value = [{ to: 2, date: 1000, state: 'sending' }]
  assert.deepEqual(shown(), [9, 1000])
})
