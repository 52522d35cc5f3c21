import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandKey, commands } from '../static/js/dom/command.js'

test('commands are given by ⌘ on a Mac and by Ctrl elsewhere, and not by both', () => {
  const ctrl = { ctrlKey: true, metaKey: false }
  const meta = { ctrlKey: false, metaKey: true }
  for (const [platform, key, yes, no] of [['MacIntel', '⌘', meta, ctrl], ['iPad', '⌘', meta, ctrl], ['Win32', 'Ctrl', ctrl, meta], ['Linux x86_64', 'Ctrl', ctrl, meta]]) {
    assert.equal(commandKey(platform), key)
    assert.deepEqual([yes, no, { ctrlKey: true, metaKey: true }, { ctrlKey: false, metaKey: false }].map((e) => commands(e, platform)), [true, false, false, false], platform)
  }
})
