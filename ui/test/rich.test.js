import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onlyEmoji } from '../static/js/text/onlyemoji.js'
import { splitCode } from '../static/js/text/code.js'
import { transcript } from '../static/js/text/transcript.js'

const short = (text) => splitCode(text).map((p) => `${p.kind}:${p.text}`)

test('code is found where it is closed, and what is not closed is text', () => {
  const table = [
    ['plain', ['text:plain']],
    ['run `go vet` now', ['text:run ', 'code:go vet', 'text: now']],
    ['``a`b``', ['text:``a`b``']],
    ['``ab``', ['code:ab']],
    ['one ` alone', ['text:one ` alone']],
    ['`a\nb`', ['text:`a\nb`']],
    ['``', ['text:``']],
    ['看`代码`吧', ['text:看', 'code:代码', 'text:吧']],
    ['before\n```go\nfunc f() {}\n\n  x()\n```\nafter', ['text:before', 'block:func f() {}\n\n  x()', 'text:after']],
    ['```\n```', ['block:']],
    ['```\n`x`\n```', ['block:`x`']],
    ['```\nnever closed `x`', ['text:```\nnever closed ', 'code:x']],
    ['```\na\n```\n```\nb\n```', ['block:a', 'block:b']],
  ]
  for (const [text, want] of table) assert.deepEqual(short(text), want, JSON.stringify(text))
})

test('no text is lost, and long ones are looked through quickly', () => {
  const started = performance.now()
  for (const text of ['`'.repeat(32_768), '```a\n'.repeat(6_500), '`a'.repeat(16_000), '```\n'.repeat(8_000), '``a`'.repeat(8_000)]) {
    const letters = (x) => x.replace(/[^a]/g, '').length
    assert.ok(splitCode(text).map((p) => letters(p.text)).reduce((a, b) => a + b, 0) <= letters(text))
    onlyEmoji(text)
  }
  onlyEmoji('👩‍'.repeat(30))
  assert.ok(performance.now() - started < 2_000)
  assert.equal(splitCode('x `y` z').map((p) => p.text).join(''), 'x y z')
})

test('one to three emoji stand large', () => {
  for (const yes of ['👍', '❤️', '👩‍👩‍👧', '🇨🇳', '👍🏽', '1️⃣', '😀😀😀', '😀 👍', '☝🏽', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏳️‍🌈', '👩🏽‍🚒']) assert.ok(onlyEmoji(yes), yes)
  for (const no of ['', '1', '12', '#', '©', '👍!', 'ok 👍', '😀😀😀😀', '中', ' ', '*']) assert.ok(!onlyEmoji(no), no)
})

test('one message is copied as its text, several with who and when', () => {
  const a = { name: 'Ann', when: 'today', content: 'one' }
  assert.equal(transcript([a]), 'one')
  assert.equal(transcript([a, { ...a, content: 'two\nlines' }]), 'Ann, today\none\n\nAnn, today\ntwo\nlines')
})
