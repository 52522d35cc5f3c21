import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uploadSpeed } from '../static/js/proto/uploadspeed.js'

function rig() {
  const clock = { time: 0, now: () => clock.time }
  const speeds = uploadSpeed(clock)
  return { speeds, tell(key, when, at) { clock.time = when; speeds.tell(key, at) } }
}

test('what goes slowly has a speed as well', () => {
  const { speeds, tell } = rig()
  tell('a', 0, 0)
  assert.equal(speeds.speed(['a']), 0)
  tell('a', 20_000, 2_000)
  assert.equal(speeds.speed(['a']), 100)
  tell('a', 30_000, 4_000)
  assert.equal(speeds.speed(['a']), 200)
})

test('the speed is that of the last seconds, of all files together', () => {
  const { speeds, tell } = rig()
  for (let s = 0; s <= 10; s++) tell('a', s * 1000, s < 5 ? s * 1_000 : 5_000 + (s - 5) * 3_000)
  assert.equal(speeds.speed(['a']), 3_000)
  tell('b', 10_000, 0)
  tell('b', 11_000, 500)
  assert.equal(speeds.speed(['a', 'b']), 3_500)
  speeds.forget('a')
  assert.equal(speeds.speed(['a', 'b']), 500)
})
