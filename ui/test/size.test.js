import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes } from '../static/js/words/size.js'

test('a size that is rounded up to a thousand is one of the next unit', () => {
  const table = [[0, '0 bytes'], [999, '999 bytes'], [1000, '1 kB'], [999_499, '999 kB'], [999_500, '1 MB'], [999_999, '1 MB'], [999_999_999, '1 GB'], [99_960_000, '100 MB'], [4_700_000, '4.7 MB'], [2e15, '2,000 TB']]
  for (const [n, want] of table) assert.equal(bytes(n, 'en-GB').replace(/(\d)(?=[a-zA-Z])/, '$1 '), want, String(n))
})
