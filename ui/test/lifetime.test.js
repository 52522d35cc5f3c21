import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { createLifetime } from '../static/js/state/lifetime.js'
import { FakeClock } from './fakes.js'

test('what was begun in a lifetime ends with it, and nothing begins afterwards', async () => {
  const clock = new FakeClock()
  /** @type {(value: any) => void} */
  let answer = () => {}
  let asked = 0
  const life = createLifetime(clock, () => { asked++; return new Promise((yes) => { answer = yes }) })
  const seen = []
  const s = signal(1)
  life.effect(() => { seen.push(s.value) })
  life.clock.set(() => seen.push('first'), 10)
  life.clock.set(() => seen.push('second'), 100)
  life.onEnd(() => seen.push('end'))
  await clock.pass(20)
  s.value = 2
  const call = life.fetch('/a').catch((e) => e.code)
  life.end()
  life.end()
  answer('an answer')
  assert.equal(await call, 'ended')
  s.value = 3
  life.effect(() => { seen.push('never') })
  life.clock.set(() => seen.push('never'), 1)
  life.onEnd(() => seen.push('at once'))
  await clock.pass(200)
  assert.equal(await life.fetch('/b').catch((e) => e.code), 'ended')
  assert.deepEqual([seen, asked, clock.timers.length], [[1, 'first', 2, 'end', 'at once'], 1, 0])
})
