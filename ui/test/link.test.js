import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLink } from '../static/js/proto/link.js'
import { FakeClock, FakeSocket, settle } from './fakes.js'

function setup(over = {}) {
  const clock = new FakeClock()
  const seen = { sockets: [], status: [], events: [], frames: [], resyncs: 0 }
  const cursor = { epoch: 'e1', ev: 10 }
  const link = createLink({
    open: () => {
      const s = new FakeSocket()
      seen.sockets.push(s)
      return s
    },
    clock, random: () => 1,
    cursor: () => cursor,
    resync: async () => { seen.resyncs++; Object.assign(cursor, { epoch: 'e2', ev: 50 }) },
    allowed: async () => true,
    mine: () => true,
    onStatus: (s) => seen.status.push(s),
    onWelcome: () => {},
    onEvent: (e) => { cursor.ev = e.ev; seen.events.push(e.ev) },
    onFrame: (f) => seen.frames.push(f.type),
    ...over,
  })
  const live = () => {
    link.start()
    seen.sockets.at(-1).accept()
    seen.sockets.at(-1).say({ type: 'welcome', head: 10 })
  }
  return { clock, link, seen, cursor, live, get socket() { return seen.sockets.at(-1) } }
}

test('says hello from its cursor and takes events without holes', () => {
  const s = setup()
  s.live()
  assert.deepEqual(s.socket.sent[0], { type: 'hello', epoch: 'e1', since: 10 })
  s.socket.say({ type: 'event', ev: 11 })
  s.socket.say({ type: 'event', ev: 11 })
  s.socket.say({ type: 'event', ev: 12 })
  assert.deepEqual(s.seen.events, [11, 12])
  assert.deepEqual(s.seen.status, ['connecting', 'live'])
})

test('without a cursor hello has neither epoch nor place', () => {
  const s = setup()
  s.cursor.epoch = ''
  s.link.start()
  s.socket.accept()
  assert.deepEqual(s.socket.sent[0], { type: 'hello', epoch: '', since: 0 })
})

test('a hole in the events replaces the socket, and hello asks from before the hole', async () => {
  const s = setup()
  s.live()
  const first = s.socket
  first.say({ type: 'event', ev: 13 })
  assert.ok(first.closed)
  assert.deepEqual(s.seen.events, [])
  await s.clock.pass(1_000)
  s.socket.accept()
  assert.equal(s.socket.sent[0].since, 10)
})

test('reset takes a snapshot and says hello again on the same socket', async () => {
  const s = setup()
  s.link.start()
  s.socket.accept()
  s.socket.say({ type: 'reset', epoch: 'e2', head: 50 })
  await settle()
  assert.equal(s.seen.sockets.length, 1)
  assert.deepEqual(s.socket.sent[1], { type: 'hello', epoch: 'e2', since: 50 })
})

test('a snapshot that fails is tried again over a new socket', async () => {
  let fail = true
  const s = setup({ resync: async () => { if (fail) throw new Error('offline') } })
  s.link.start()
  s.socket.accept()
  s.socket.say({ type: 'reset' })
  await settle()
  assert.equal(s.seen.status.at(-1), 'waiting')
  fail = false
  await s.clock.pass(1_000)
  assert.equal(s.seen.sockets.length, 2)
})

test('attempts wait longer and longer, within a limit, and start over after success', async () => {
  const s = setup()
  s.live()
  const pauses = []
  for (let i = 0; i < 8; i++) {
    const from = s.clock.time
    const n = s.seen.sockets.length
    s.socket.hangUp(1006)
    while (s.seen.sockets.length === n) await s.clock.pass(100)
    pauses.push(s.clock.time - from)
  }
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 10000, 10000, 10000])
  s.socket.accept()
  s.socket.say({ type: 'welcome' })
  s.socket.hangUp(1006)
  const n = s.seen.sockets.length
  await s.clock.pass(500)
  assert.equal(s.seen.sockets.length, n + 1)
})

test('a restarting host is met again at once', async () => {
  const s = setup()
  s.live()
  s.socket.hangUp(1012)
  await s.clock.pass(300)
  assert.equal(s.seen.sockets.length, 2)
})

test('an ended session does not come back', async () => {
  const s = setup()
  s.live()
  s.socket.hangUp(4401)
  await s.clock.pass(60_000)
  assert.equal(s.seen.sockets.length, 1)
  assert.equal(s.seen.status.at(-1), 'ended')
})

test('a socket refused before welcome asks whether the session still stands', async () => {
  const s = setup({ allowed: async () => false })
  s.link.start()
  s.socket.hangUp(1006)
  await s.clock.pass(60_000)
  assert.equal(s.seen.sockets.length, 1)
  assert.equal(s.seen.status.at(-1), 'ended')
})

test('after waking an open socket is pinged, and replaced at once when it stays silent for three seconds', async () => {
  const s = setup()
  s.live()
  s.link.probe()
  assert.equal(s.socket.sent.at(-1).type, 'ping')
  // What was under way before the sleep is no sign of life.
  s.socket.say({ type: 'presence' })
  await s.clock.pass(3_000)
  assert.equal(s.seen.sockets.length, 2)
  assert.ok(s.seen.sockets[0].closed)
})

test('a socket that answers the ping stays', async () => {
  const s = setup()
  s.live()
  s.link.probe()
  s.socket.say({ type: 'pong', n: s.socket.sent.at(-1).n })
  await s.clock.pass(10_000)
  assert.equal(s.seen.sockets.length, 1)
})

test('a quiet socket is pinged by itself', async () => {
  const s = setup()
  s.live()
  await s.clock.pass(45_000)
  assert.ok(s.seen.sockets[0].sent.some((f) => f.type === 'ping'))
  assert.ok(s.seen.sockets.length > 1)
})

test('coming online cuts a pause short', async () => {
  const s = setup()
  s.live()
  for (let i = 0; i < 6; i++) {
    s.socket.hangUp(1006)
    await s.clock.pass(20_000)
  }
  s.socket.hangUp(1006)
  const n = s.seen.sockets.length
  s.link.probe()
  assert.equal(s.seen.sockets.length, n + 1)
})

test('an attempt without an answer is given up', async () => {
  const s = setup()
  s.link.start()
  await s.clock.pass(12_000)
  assert.ok(s.seen.sockets[0].closed)
  assert.equal(s.seen.sockets.length, 2)
})

test('what an old socket still says is not heard', async () => {
  const s = setup()
  s.live()
  const old = s.socket
  const { onmessage } = old
  old.hangUp(1006)
  await s.clock.pass(1_000)
  onmessage({ data: JSON.stringify({ type: 'event', ev: 11 }) })
  assert.deepEqual(s.seen.events, [])
})
