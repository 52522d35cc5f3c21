import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createHostStorage } from '../static/js/state/hoststorage.js'
import { settle } from './fakes.js'

const MINUTE = 60_000

function rig(owner) {
  const host = { level: 'ok', cap: 0 }
  const asked = []
  const app = {
    data: signal({ me: { id: 1, owner: false } }), status: signal('idle'), minute: signal(0), effect,
    api: {
      storage: async () => { asked.push(app.minute.peek() / MINUTE); return { host: { ...host } } },
      limitStorage: async (cap) => { host.cap = cap; return { host: { ...host } } },
    },
  }
  const me = () => { app.data.value = { me: { id: 1, owner } } }
  return { app, host, asked, me, space: createHostStorage(app, { tell: (call) => call }) }
}

test('the owner hears of the room at once, then now and then, and again after a break', async () => {
  const { app, host, asked, me, space } = rig(true)
  me()
  await settle()
  assert.deepEqual(asked, [])
  app.status.value = 'live'
  await settle()
  assert.equal(space.host.value.level, 'ok')
  host.level = 'warn'
  for (let m = 1; m <= 25; m++) {
    app.minute.value = m * MINUTE
    me() // an event is no reason to ask
  }
  await settle()
  assert.deepEqual(asked, [0, 10, 20])
  assert.equal(space.host.value.level, 'warn')
  app.status.value = 'waiting'
  app.status.value = 'live'
  assert.deepEqual(asked, [0, 10, 20, 25])
})

test('a new cap is known at once, and nothing of it once somebody is no owner any more', async () => {
  const { app, me, space } = rig(true)
  me()
  app.status.value = 'live'
  await settle()
  assert.equal(await space.limit(5e9), true)
  assert.equal(space.host.value.cap, 5e9)
  const late = space.look()
  app.data.value = { me: { id: 1, owner: false } }
  await late
  assert.equal(space.host.value, null)
})

test('nobody else asks', async () => {
  const { app, asked, me, space } = rig(false)
  me()
  app.status.value = 'live'
  await settle()
  assert.deepEqual([asked, space.host.value], [[], null])
})
