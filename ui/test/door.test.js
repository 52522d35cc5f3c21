import assert from 'node:assert/strict'
import { test } from 'node:test'
import { another } from '../static/js/state/door.js'

test('a name to try when one is taken', () => {
  const table = { Li: 'Li 2', 'Li 2': 'Li 3', 'Li 99': 'Li 100', '李': '李 2', 2: '2 2', 'Room 1999': 'Room 1999 2', '': ' 2' }
  for (const [name, want] of Object.entries(table)) assert.equal(another(name), want, name)
  assert.equal([...another('🙂'.repeat(40))].length, 38)
})
