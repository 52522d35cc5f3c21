import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { linkify } from '../static/js/text/linkify.js'

const links = (text) => linkify(text).filter((p) => p.href)
const shown = (text) => links(text).map((p) => p.text)

test('an address may stand within Chinese, Japanese and Korean, and needs no scheme where it is plain', () => {
  for (const [text, want] of [
    ['看这里https://example.org', 'https://example.org'],
    ['https://example.org看这里', 'https://example.org'],
    ['カナhttps://a.com/bです', 'https://a.com/b'],
    ['여기https://a.com/b입니다', 'https://a.com/b'],
    ['去www.qq.com看看', 'www.qq.com'],
    ['(WWW.QQ.COM/x?y=1)', 'WWW.QQ.COM/x?y=1'],
    ['看192.168.1.5:7272吧', '192.168.1.5:7272'],
    ['192.168.1.5:7272/#/join', '192.168.1.5:7272/#/join'],
    ['邮箱ann@example.org吧', 'ann@example.org'],
    ['https://a.com/b——好', 'https://a.com/b'],
    ['https://a.com/b😀', 'https://a.com/b'],
  ]) assert.deepEqual(shown(text), [want], text)
  for (const text of ['www.', 'www..a.b', 'foo.www.qq.com', 'v1.2.3.4', '1.2.3.4.5:80', '10.0.0.0/8', '192.168.1.5:99999', 'ftp://192.168.1.5:21']) assert.deepEqual(shown(text), [], text)
})

test('an address is a link as a whole', () => {
  for (const [text, href] of [
    ['https://www.例子.com/path', 'https://www.xn--fsqu00a.com/path'],
    ['https://例子.中国/', 'https://xn--fsqu00a.xn--fiqs8s/'],
    ['https://москва.рф', 'https://xn--80adxhks.xn--p1ai/'],
    ['https://bücher.de', 'https://xn--bcher-kva.de/'],
    ["https://en.wikipedia.org/wiki/Murphy's_law", "https://en.wikipedia.org/wiki/Murphy's_law"],
    ['https://en.wikipedia.org/wiki/Murphy’s_law', 'https://en.wikipedia.org/wiki/Murphy%E2%80%99s_law'],
    ['https://zh.wikipedia.org/wiki/中国', 'https://zh.wikipedia.org/wiki/%E4%B8%AD%E5%9B%BD'],
    ['https://a.com/?q=北京2008年', 'https://a.com/?q=%E5%8C%97%E4%BA%AC2008%E5%B9%B4'],
    ["o'brien@example.org", "mailto:o'brien@example.org"],
    ['https://t.me/@user', 'https://t.me/@user'],
    ['http://[fe80::1]:7272/', 'http://[fe80::1]:7272/'],
  ]) {
    assert.deepEqual(links(text), [{ text, href }])
    assert.deepEqual(links(`'${text}'. `), [{ text, href }])
  }
})

test('an address that seems to lead elsewhere than it does is text', () => {
  for (const text of [
    'https://www.google.com@evil.example/', 'https://a:b@evil.example', 'www.google.com@evil.example', 'https://google.com\\@evil.example',
    'https://exa\u202emple.org', 'https://a.com/\u202egpj.exe', 'https://a.com/\u2066x', 'https://a.c\u200bom',
    'https:///evil.example', 'http://0x7f.1/', 'http://3232235777/', 'http://192.168.001.5/', 'https://%65vil.example', 'https://a.com%2eevil.example',
    'https://google.com⁄evil.example', 'https://google.comノevil.example', 'https://a。com', 'https://x例子.com', 'https://www.x例子.com/p',
    'https://аpple.com', 'https://аррӏе.com', 'https://gıthub.com', 'https://ﬁne.org', 'é.ann@example.org', 'www..@example.org', 'a@b.com@c.com', 'ann@example.orgё', 'ftp://u@host.com',
  ]) assert.deepEqual(shown(text), [], text)
})

test('what is shown is where it leads, and nothing else goes on from it', () => {
  const bits = fc.constantFrom('https://', 'HTTP://', 'www.', 'mailto:', 'ann@', '@', '.', '/', '\\', ':', '?', '#', '=', '%2e', "'", '’', ',', '。', '(', ')', '-', '_', ' ', '\n', '\t',
    'google.com', 'evil.example', '192.168.1.5', ':7272', '0x7f', '[::1]', 'a', '1', 'com', 'é', 'ß', 'ﬁ', '中', '例子', 'ノ', '한', 'а', 'р', 'я', 'א', '\u202e', '\u2066', '\u200b', '\u200d', '\u0301', '😀', '🇨🇳', '\ud800')
  fc.assert(fc.property(fc.oneof(fc.array(bits, { maxLength: 14 }).map((b) => b.join('')), fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
    const pieces = linkify(text)
    assert.equal(pieces.map((p) => p.text).join(''), text)
    for (const { text: said, href } of pieces) {
      if (href === undefined) continue
      assert.doesNotMatch(said, /[\s\p{Cf}\p{Cc}]/u)
      const url = new URL(/^(https?:|mailto:)/i.test(said) ? said : /^(www\.|[\d.]+[:/])/i.test(said) ? `http://${said}` : `mailto:${said}`)
      assert.equal(url.href, href)
      if (url.protocol === 'mailto:') continue
      assert.match(url.protocol, /^https?:$/)
      assert.equal(url.username + url.password, '')
      const host = said.replace(/^https?:\/\//i, '').split(/[/?#]/)[0].replace(/:\d+$/, '')
      if (/^[\0-\x7f]*$/.test(host)) assert.ok(host[0] === '[' || url.hostname === host.toLowerCase(), said)
      else assert.equal(host.normalize('NFKC'), host)
    }
  }), { numRuns: 8_000 })
})

test('hostile texts are looked through quickly', () => {
  const started = performance.now()
  for (const bit of ['www.', 'https://a.b,', 'https://a@', 'a@b.c', '1.2.3.4:5', 'https://a.b/中', 'x@', '例子.', "https://a.b/'", 'https://a.b/\u202e', 'mailto:', '1.2.3.', 'https://a.b中']) linkify(bit.repeat(32_768 / bit.length))
  for (const head of ['https://', 'https://a.b/', 'www.', '']) for (const bit of ['a', '.', "'", '中', 'a.', '-', '@', ':', '\u200d', 'a中']) linkify(head + bit.repeat(32_000 / bit.length))
  assert.ok(performance.now() - started < 2_000, String(performance.now() - started))
})
