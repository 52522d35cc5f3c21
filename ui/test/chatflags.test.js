import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createChatFlags, outside } from '../static/js/state/chatflags.js'
import { FakeClock } from './fakes.js'

test('title and icon count what is new, not what is muted', () => {
  const chat = (more) => ({ new: 0, muted: false, marked: false, ...more })
  assert.deepEqual(outside([]), { n: 0, dot: false })
  assert.deepEqual(outside([chat({ new: 2 }), chat({ new: 3 }), chat({ new: 9, muted: true })]), { n: 5, dot: false })
  assert.deepEqual(outside([chat({ marked: true }), chat({})]), { n: 0, dot: true })
  assert.deepEqual(outside([chat({ marked: true, muted: true })]), { n: 0, dot: false })
})

test('marked as read without the host is said not to work', () => {
  const sent = []
  let up = false
  const app = { data: signal({ chats: new Map([[2, { who: 2, new: 3, last: { seq: 9 } }]]) }), route: signal({ name: 'home', who: 0 }), toast: signal(''), clock: new FakeClock(), effect }
  const flags = createChatFlags(app, { account: { send: (f) => { if (up) sent.push(f); return up } }, actions: {} })
  flags.read(2)
  assert.deepEqual(sent, [])
  assert.match(app.toast.value, /the host does not answer/)
  app.toast.value = ''
  up = true
  flags.read(2)
  assert.deepEqual([sent, app.toast.value], [[{ type: 'read', who: 2, upto: 9 }], ''])
})
