import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effect, signal } from '../static/vendor/signals-core/signals-core.mjs'
import { pollFound, pollReach } from '../static/js/state/polling.js'

/** A page whose host answers at once, and whose clock only a test moves. */
function page() {
  const asked = []
  const timers = []
  const answers = { invite: { code: 'a', urls: ['http://192.168.1.5:1/#join=a'] }, reach: { state: 'waiting' }, found: { hosts: [] } }
  const ask = (name) => async () => {
    asked.push(name)
    if (!answers[name]) throw new Error('offline')
    return answers[name]
  }
  const app = {
    phase: signal('loading'), doorState: signal({ token: '' }), data: signal({ me: { owner: false } }), route: signal({ name: 'home', who: 0 }),
    invited: signal(null), reach: signal(null), found: signal([]),
    api: { invite: ask('invite'), reach: ask('reach'), found: ask('found') },
    env: { clock: { set: (fn) => timers.push(fn) } }, effect,
  }
  pollFound(app)
  pollReach(app)
  const settle = () => new Promise((done) => setImmediate(done))
  return { app, asked, answers, settle, take: () => asked.splice(0).sort(), async tick() {
    timers.splice(0).forEach((fn) => fn())
    await settle()
  } }
}

test('it asks only for what is on screen, and again while it is', async () => {
  const p = page()
  await p.settle()
  assert.deepEqual(p.take(), [])
  p.app.phase.value = 'setup'
  await p.settle()
  assert.deepEqual(p.take(), [])
  p.app.doorState.value = { token: 't' }
  await p.settle()
  await p.tick()
  assert.deepEqual(p.take(), ['found', 'found'])
  p.app.phase.value = 'app'
  p.app.data.value = { me: { owner: true } }
  await p.tick()
  assert.deepEqual(p.take(), [])
  p.app.route.value = { name: 'invite', who: 0 }
  await p.settle()
  assert.deepEqual(p.take(), ['invite', 'reach'])
  p.app.route.value = { name: 'reach', who: 0 }
  await p.settle()
  await p.tick()
  assert.deepEqual(p.take(), ['reach', 'reach'])
  p.app.data.value = { me: { owner: false } }
  await p.tick()
  assert.deepEqual(p.take(), [])
})

test('a host that does not answer leaves what is on screen, and is asked again', async () => {
  const p = page()
  p.app.phase.value = 'app'
  p.app.data.value = { me: { owner: false } }
  p.app.route.value = { name: 'invite', who: 0 }
  await p.settle()
  const before = p.app.invited.value
  assert.equal(before.code, 'a')
  p.answers.invite = null
  await p.tick()
  assert.equal(p.app.invited.value, before)
  p.answers.invite = { ...before }
  await p.tick()
  assert.equal(p.app.invited.value, before, 'the same answer redraws nothing')
  p.answers.invite = { code: 'b', urls: [] }
  await p.tick()
  assert.equal(p.app.invited.value.code, 'b')
  assert.equal(p.take().length, 4)
})
