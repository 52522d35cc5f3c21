import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes } from '../static/js/words/size.js'

test('sizes are said in the unit that fits', () => {
  for (const [n, en] of /** @type {[number, string][]} */ ([[0, '0 bytes'], [999, '999 bytes'], [1000, '1 kB'], [48_300, '48 kB'],
    [4_720_000, '4.7 MB'], [999_900_000, '1 GB'], [1_400_000_000, '1.4 GB'], [5e15, '5,000 TB']])) {
    assert.equal(bytes(n, 'en-GB'), en)
  }
  assert.match(bytes(4_720_000, 'zh-CN'), /^4\.7 ?(MB|兆字节)$/)
})
