import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summary } from '../static/js/words/summary.js'

test('one line of a message: its words, else how many files it brings, else nothing', () => {
  const file = {}
  for (const [m, want] of [
    [{ content: ' two\n\nlines ', files: [file] }, 'two lines'],
    [{ content: '', files: [file] }, '1 file'],
    [{ content: ' \n', files: [file, file] }, '2 files'],
    [{ content: '', parts: [file, file] }, '2 files'],
    [{ content: '', recalled: true, files: [file] }, 'message taken back'],
    [{ content: '' }, ''],
    [{ content: 'x'.repeat(1000) }, 'x'.repeat(160)],
  ]) assert.equal(summary(m), want)
})
