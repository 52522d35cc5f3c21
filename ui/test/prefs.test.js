import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPrefs } from '../static/js/state/prefs.js'
import { LONGEST, bytesLeft, tooLong } from '../static/js/text/messagelength.js'

function store(kept = {}) {
  const map = new Map(Object.entries(kept))
  return { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => { map.set(key, value) } }
}

test('without a choice the system decides and Enter sends', () => {
  const prefs = createPrefs(store())
  assert.equal(prefs.theme.value, 'auto')
  assert.equal(prefs.enter.value, 'enter')
})

test('a choice is kept, and holds in the other tabs', () => {
  const local = store()
  const prefs = createPrefs(local)
  prefs.choose('theme', 'dark')
  prefs.choose('enter', 'ctrl')
  assert.equal(prefs.theme.value, 'dark')
  const again = createPrefs(local)
  assert.equal(again.theme.value, 'dark')
  assert.equal(again.enter.value, 'ctrl')
  again.stored('duologue-theme', 'light')
  again.stored('duologue-theme-of-somebody-else', 'dark')
  assert.equal(again.theme.value, 'light')
  again.stored('duologue-enter', null)
  assert.equal(again.enter.value, 'enter')
})

test('what is no choice of ours counts as none', () => {
  const prefs = createPrefs(store({ 'duologue-theme': 'pink', 'duologue-notice-sound': 'loud' }))
  assert.deepEqual([prefs.theme.value, prefs['notice-sound'].value], ['auto', 'on'])
})

test('what is left is told from 28 KiB on, in bytes', () => {
  assert.equal(bytesLeft(''), null)
  assert.equal(bytesLeft('a'.repeat(28 * 1024 - 1)), null)
  assert.equal(bytesLeft('a'.repeat(28 * 1024)), 4096)
  assert.equal(bytesLeft('a'.repeat(LONGEST)), 0)
  assert.equal(bytesLeft('汉'.repeat(10_922)), 2)
  assert.equal(bytesLeft('汉'.repeat(10_923)), -1)
  assert.equal(tooLong('汉'.repeat(10_922)), false)
  assert.equal(tooLong('汉'.repeat(10_923)), true)
})
