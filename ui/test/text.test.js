import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hue, initials } from '../static/js/text/initials.js'
import { linkify } from '../static/js/text/linkify.js'
import { limitMarks } from '../static/js/text/limitmarks.js'

const links = (text) => linkify(text).filter((p) => p.href).map((p) => [p.text, p.href])

test('addresses are found, and joined the pieces are the text', () => {
  const table = [
    ['see https://example.org/a?b=c#d.', [['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d']]],
    ['(http://192.168.1.5:7272/x)', [['http://192.168.1.5:7272/x', 'http://192.168.1.5:7272/x']]],
    ['https://en.wikipedia.org/wiki/A_(b), then', [['https://en.wikipedia.org/wiki/A_(b)', 'https://en.wikipedia.org/wiki/A_(b)']]],
    ['看https://a.com/b吧', [['https://a.com/b', 'https://a.com/b']]],
    ['看 https://a.com/b，好吗', [['https://a.com/b', 'https://a.com/b']]],
    ['地址：https://a.com/b。', [['https://a.com/b', 'https://a.com/b']]],
    ['write to ann@example.org!', [['ann@example.org', 'mailto:ann@example.org']]],
    ['mailto:ann@example.org', [['mailto:ann@example.org', 'mailto:ann@example.org']]],
    ['javascript:alert(1) data:text/html,x file:///etc ftp://a.b', []],
    ['xhttps://a.com', []],
    ['https://', []],
    ['HTTPS://EXAMPLE.ORG', [['HTTPS://EXAMPLE.ORG', 'https://example.org/']]],
  ]
  for (const [text, want] of table) {
    assert.deepEqual(links(text), want, text)
    assert.equal(linkify(text).map((p) => p.text).join(''), text)
  }
})

test('no address leads anywhere but http, https and mailto', () => {
  const bits = ['http', 's', ':', '//', '/', 'a', '.', '@', 'javascript', '(', ')', ' ', '\n', '中', '\u0000', '%', '#', 'mailto:']
  let seed = 7
  const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: random(12) }, () => bits[random(bits.length)]).join('')
    const pieces = linkify(text)
    assert.equal(pieces.map((p) => p.text).join(''), text)
    for (const p of pieces) if (p.href) assert.match(p.href, /^(https?:\/\/[^/]|mailto:)/)
  }
})

test('a long text is looked through quickly', () => {
  const started = performance.now()
  for (const text of ['a'.repeat(32768), 'a.'.repeat(16384), 'http://'.repeat(4681), 'a@'.repeat(16384), '('.repeat(32768), `https://a.b/${')'.repeat(32000)}`]) linkify(text)
  assert.ok(performance.now() - started < 2_000)
})

test('few marks stay on a character, and every script keeps its own', () => {
  assert.equal(limitMarks('e\u0301\u0302\u0303\u0304x'), 'e\u0301\u0302x')
  assert.equal(limitMarks('\u0e01' + '\u0e49'.repeat(30)), '\u0e01' + '\u0e49'.repeat(6))
  const words = ['\u1019\u103c\u102d\u102f\u1037', '\u0f66\u0f92\u0fb2\u0f74\u0f56', '\u05e9\u05c1\u05b8\u05bc\u0591', '\u0e1b\u0e39\u0e48', '\u0928\u093f\u0930\u094d']
  for (const word of words) assert.equal(limitMarks(word), word)
  assert.equal(limitMarks('Việt 中文 👩‍👩‍👧 ❤️'), 'Việt 中文 👩‍👩‍👧 ❤️')
})

test('what stands for a name', () => {
  const table = { 'Alice Meyer': 'AM', 张伟: '伟', 'Ann': 'A', 'rosa maria jiménez': 'RJ', '王 Wang': '王', '🙂': '🙂', '': '?' }
  for (const [name, want] of Object.entries(table)) assert.equal(initials(name), want, name)
})

test('neighbours have different colours', () => {
  for (let id = 1; id < 200; id++) assert.ok(hue(id) >= 0 && hue(id) < 10 && hue(id) !== hue(id + 1))
})
