import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composing, pressed, repeats, sends } from '../static/js/dom/enter.js'

const key = (over = {}) => ({ key: 'Enter', isComposing: false, keyCode: 13, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...over })

test('Enter sends, with Shift or Alt it breaks the line', () => {
  assert.equal(sends(key(), false), true)
  assert.equal(sends(key({ shiftKey: true }), false), false)
  assert.equal(sends(key({ altKey: true }), false), false)
  assert.equal(sends(key({ key: 'a' }), false), false)
})

test('the Enter that ends a composition never sends, however the browser tells it', () => {
  for (const touch of [true, false]) for (const ctrlKey of [true, false]) {
    assert.equal(sends(key({ isComposing: true, ctrlKey }), touch), false)
    assert.equal(sends(key({ keyCode: 229, ctrlKey }), touch), false)
  }
  assert.equal(composing(key({ keyCode: 229 })), true)
  assert.equal(pressed(key({ keyCode: 229 }), 'Enter'), false)
  assert.equal(pressed(key({ key: 'Escape', isComposing: true }), 'Escape'), false)
})

test('on touch Enter breaks the line, unless a keyboard says otherwise', () => {
  assert.equal(sends(key(), true), false)
  assert.equal(sends(key({ ctrlKey: true }), true), true)
  assert.equal(sends(key({ metaKey: true }), true), true)
})

test('a key that is held presses and removes once, and writes on in a field', () => {
  for (const k of ['Enter', ' ', 'Delete', 'Backspace']) {
    assert.equal(repeats({ key: k, repeat: true }, false), true, k)
    assert.equal(repeats({ key: k, repeat: false }, false), false, k)
    assert.equal(repeats({ key: k, repeat: true }, true), false, k)
  }
  assert.equal(repeats({ key: 'ArrowDown', repeat: true }, false), false)
})
