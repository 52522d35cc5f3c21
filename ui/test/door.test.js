import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect } from '../static/vendor/signals-core/signals-core.mjs'
import { another } from '../static/js/state/door.js'
import { rig } from './page.js'

test('a name to try when one is taken', () => {
  const table = { Li: 'Li 2', 'Li 2': 'Li 3', 'Li 99': 'Li 100', '李': '李 2', 2: '2 2', 'Room 1999': 'Room 1999 2', '': ' 2' }
  for (const [name, want] of Object.entries(table)) assert.equal(another(name), want, name)
  assert.equal([...another('🙂'.repeat(40))].length, 38)
})

/** Answers of the host as it gives them, which come when the test lets them. */
function slowly(r, path) {
  const real = r.host[path]
  const waiting = []
  r.host[path] = async (body) => {
    const answer = await real(body)
    return new Promise((come, fail) => waiting.push({ come: () => come(answer), fail: () => fail(new TypeError('no answer')) }))
  }
  return { waiting, mend: () => { r.host[path] = real } }
}

test('whoever asks for the host while it is asked waits for the same answer, and is in once', async () => {
  const r = rig()
  r.taken('Lin')
  const host = slowly(r, '/api/host')
  const both = [r.app.door.boot(), r.app.door.boot()]
  await r.rest()
  assert.equal(host.waiting.length, 1)
  host.waiting[0].come()
  await Promise.all(both)
  host.mend()
  await r.welcomed()
  assert.deepEqual([r.app.phase.value, r.app.status.value, r.s.data.value.me.name], ['app', 'live', 'Lin'])
})

test('however often somebody tries, a host that is away is asked once in a while, not by each try again', async () => {
  const r = rig()
  r.host['/api/host'] = () => { throw new TypeError('no answer') }
  for (let i = 0; i < 5; i++) await r.app.door.boot()
  assert.equal(r.app.phase.value, 'lost')
  const before = r.calls.length
  await r.clock.pass(10_000)
  assert.equal(r.calls.length, before + 5)
})

for (const [how, what] of [['come', 'says that nobody is in'], ['fail', 'does not come']]) {
  test(`an answer that ${what} leads nobody out whom a form has led in meanwhile`, async () => {
    const r = rig()
    await r.app.door.boot()
    const host = slowly(r, '/api/host')
    const asked = r.app.door.boot()
    await r.rest()
    host.mend()
    await r.signIn('Lin')
    const { s } = r
    host.waiting[0][how]()
    await asked
    await r.rest()
    assert.deepEqual([r.app.phase.value, r.s === s, r.app.status.value], ['app', true, 'live'])
  })
}

test('another person who gets in takes the place of the one before, without a door in between', async () => {
  const r = rig()
  const phases = []
  await r.signIn('Lin')
  const old = r.socket
  effect(() => { phases.push(r.app.phase.value) })
  await r.app.door.signin('Ann', 'a password')
  await r.welcomed()
  assert.deepEqual([phases, old.closed, r.app.phase.value, r.s.person, r.s.data.value.me.name], [['app'], true, 'app', 2, 'Ann'])
  // Nor does the same person who gets in once more.
  const { s, socket } = r
  await r.app.door.signin('Ann', 'a password')
  await r.rest()
  assert.deepEqual([r.s === s, r.socket === socket, socket.closed], [true, true, false])
})

for (const what of ['token', 'link']) {
  test(`a ${what} that is good for once waits for a host that does not answer, and is used once`, async () => {
    const r = rig({ hash: `#${what}=T&to=settings` })
    const posted = []
    const { '/api/host': host, '/api/signin': signin } = r.host
    let away = true
    r.host['/api/host'] = () => { if (away) throw new TypeError('no answer'); return host() }
    r.host['/api/signin'] = (by) => {
      posted.push(by)
      if (posted.length === 1) throw new TypeError('no answer')
      return signin(by)
    }
    await r.app.door.boot()
    assert.deepEqual([r.app.phase.value, r.app.env.hash()], ['lost', '#/settings'])
    away = false
    await r.clock.pass(2_000)
    await r.rest()
    assert.equal(r.app.phase.value, 'lost')
    await r.clock.pass(2_000)
    await r.rest()
    assert.deepEqual([r.app.phase.value, r.app.route.value.name, posted], ['app', 'settings', [{ [what]: 'T' }, { [what]: 'T' }]])
  })
}

test('a link that the host does not take is not tried again', async () => {
  const r = rig({ hash: '#link=T' })
  let tried = 0
  r.host['/api/signin'] = () => { tried++; return new Response('{"error":{"code":"unauthorized"}}', { status: 401 }) }
  await r.app.door.boot()
  assert.deepEqual([r.app.phase.value, r.app.doorState.value.error], ['signin', 'link'])
  await r.app.door.boot()
  assert.equal(tried, 1)
})

test('whoever made a place gets in, though the host does not answer at once then', async () => {
  const r = rig({ hash: '#token=T' })
  const host = r.host['/api/host']
  const answers = [() => new Response('{"instance":"i","title":"","state":"setup","me":null}'), () => { throw new TypeError('no answer') }]
  r.host['/api/host'] = () => (answers.shift() ?? host)()
  r.host['/api/setup'] = () => { r.taken('Lin'); return new Response('{"me":{"id":1,"name":"Lin"}}', { status: 201 }) }
  await r.app.door.boot()
  assert.equal(r.app.phase.value, 'setup')
  await r.app.door.setup('Lin')
  assert.equal(r.app.phase.value, 'lost')
  await r.clock.pass(2_000)
  await r.rest()
  assert.equal(r.app.phase.value, 'app')
})
