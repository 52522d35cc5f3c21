import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, createApi } from '../static/js/proto/api.js'
import { newCid } from '../static/js/proto/cid.js'
import { createGot } from '../static/js/proto/got.js'
import { tick } from '../static/js/proto/ticks.js'
import { secrets } from '../static/js/state/door.js'
import { format, parse } from '../static/js/state/router.js'
import { FakeClock } from './fakes.js'

test('names of messages have the form of the protocol and do not repeat', () => {
  const many = new Set(Array.from({ length: 10_000 }, newCid))
  assert.equal(many.size, 10_000)
  for (const cid of many) assert.match(cid, /^[0-9A-Za-z_-]{22}$/)
})

test('got tells only the newest place, four times a second at most, and nothing about my own', async () => {
  const clock = new FakeClock()
  const sent = []
  const got = createGot(clock, (ev) => sent.push(ev))
  got.reach(1, false)
  await clock.pass(1_000)
  assert.deepEqual(sent, [])
  for (let ev = 2; ev <= 101; ev++) {
    got.reach(ev, true)
    await clock.pass(10)
  }
  await clock.pass(1_000)
  assert.ok(sent.length <= 6, `${sent}`)
  assert.equal(sent.at(-1), 101)
})

test('a tick says what is known', () => {
  const chat = { user: 1, who: 2, peer_got: 5, peer_read: 3 }
  assert.equal(tick({ seq: 3 }, chat), 'read')
  assert.equal(tick({ seq: 5 }, chat), 'delivered')
  assert.equal(tick({ seq: 6 }, chat), 'host')
  assert.equal(tick({ seq: 6 }, undefined), 'host')
  assert.equal(tick({ seq: 1 }, { ...chat, who: 1 }), 'host')
})

test('every failed call is an error with a code', async () => {
  const answers = [
    new Response('{"error":{"code":"rate","message":"slow"}}', { status: 429 }),
    new Response('<html>', { status: 502 }),
    new Response(null, { status: 204 }),
    new Response('{"me":{"id":1}}', { status: 200 }),
  ]
  const api = createApi(async () => answers.shift() ?? Promise.reject(new TypeError('network')))
  await assert.rejects(api.signout(), (e) => e instanceof ApiError && e.code === 'rate' && e.status === 429)
  await assert.rejects(api.signout(), (e) => e.code === 'internal')
  assert.equal(await api.signout(), null)
  assert.deepEqual(await api.patchMe({}), { id: 1 })
  await assert.rejects(api.signout(), (e) => e.code === 'offline')
})

test('an answer that is whole only when nobody is to hear of it is none', async () => {
  let ended = false
  const api = createApi(async () => ({ ok: true, status: 200, json: async () => { ended = true; return {} } }), { alive: () => { if (ended) throw new ApiError('ended', '', 0) } })
  await assert.rejects(api.sync(), (e) => e.code === 'ended')
})

test('what the address carries', () => {
  assert.deepEqual(secrets('#token=1.ABC'), { token: '1.ABC' })
  assert.deepEqual(secrets('#token=1.ABC&to=invite'), { token: '1.ABC', to: 'invite' })
  assert.deepEqual(secrets('#join=a%20b'), { join: 'a b' })
  assert.deepEqual(secrets('#/chat/3'), {})
  assert.deepEqual(secrets(''), {})
})

test('routes survive the address bar', () => {
  for (const route of [{ name: 'home', who: 0 }, { name: 'chat', who: 12 }, { name: 'settings', who: 0 }, { name: 'invite', who: 0 }]) {
    assert.deepEqual(parse(format(route)), route)
  }
  for (const bad of ['', '#', '#/chat', '#/chat/0', '#/chat/-1', '#/chat/x', '#/chat/1e3', '#/nowhere', '#/constructor']) assert.equal(parse(bad).name, 'home', bad)
})
