import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signal } from '../static/vendor/signals-core/signals-core.mjs'
import { showToast } from '../static/js/state/toast.js'
import { FakeClock } from './fakes.js'

test('what is said twice stays its whole time from the second on', async () => {
  const shell = { toast: signal(''), clock: new FakeClock() }
  showToast(shell, 'copied')
  await shell.clock.pass(3_000)
  showToast({ ...shell }, 'copied')
  await shell.clock.pass(3_000)
  assert.equal(shell.toast.value, 'copied')
  showToast(shell, 'saved')
  await shell.clock.pass(3_000)
  assert.equal(shell.toast.value, 'saved')
  await shell.clock.pass(3_000)
  assert.equal(shell.toast.value, '')
})
