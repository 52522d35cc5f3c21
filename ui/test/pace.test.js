import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paced } from '../static/js/proto/pace.js'

function rig() {
  const clock = { time: 0, now: () => clock.time }
  const pace = paced(clock)
  return { pace, tell(key, when, at) { clock.time = when; pace.tell(key, at) } }
}

test('what goes slowly has a speed as well', () => {
  const { pace, tell } = rig()
  tell('a', 0, 0)
  assert.equal(pace.speed(['a']), 0)
  tell('a', 20_000, 2_000)
  assert.equal(pace.speed(['a']), 100)
  tell('a', 30_000, 4_000)
  assert.equal(pace.speed(['a']), 200)
})

test('the speed is that of the last seconds, of all files together', () => {
  const { pace, tell } = rig()
  for (let s = 0; s <= 10; s++) tell('a', s * 1000, s < 5 ? s * 1_000 : 5_000 + (s - 5) * 3_000)
  assert.equal(pace.speed(['a']), 3_000)
  tell('b', 10_000, 0)
  tell('b', 11_000, 500)
  assert.equal(pace.speed(['a', 'b']), 3_500)
  pace.forget('a')
  assert.equal(pace.speed(['a', 'b']), 500)
})
