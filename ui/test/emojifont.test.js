import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const css = readFileSync(new URL('../static/css/tokens.css', import.meta.url), 'utf8')
const ranges = [...(/unicode-range:([^;]+)/.exec(css)?.[1] ?? '').matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, a, b = a]) => [parseInt(a, 16), parseInt(b, 16)])
const has = (text) => [...text].every((c) => ranges.some(([a, b]) => c.codePointAt(0) >= a && c.codePointAt(0) <= b))

test('emoji are drawn by a font with colours before all others, and nothing else is', () => {
  const [, font] = /--font: "([^"]+)"/.exec(css) ?? []
  assert.match(css, new RegExp(`@font-face \\{\\s*font-family: "${font}";\\s*src: local\\(`))
  for (let i = 0; i < 0x20000; i++) {
    const c = String.fromCodePoint(i)
    if (/^\p{Emoji_Presentation}$/u.test(c)) assert.ok(has(c), i.toString(16))
    // The planes of pictographs are named as wholes.
    if (has(c) && i < 0x1f000) assert.match(c, /[\p{Extended_Pictographic}\p{Emoji}\u200d\ufe0f]/u, i.toString(16))
  }
  // Of one that is composed, all parts.
  for (const emoji of ['👩🏽‍💻', '❤️‍🔥', '🏳️‍🌈', '🧑‍⚕️', '🧑‍⚖️', '👩‍✈️', '🏴‍☠️', '⛓️‍💥', '🏃‍♀️‍➡️', '🙂‍↔️', '🙂‍↕️', '🏳️‍⚧️', '⛹🏽‍♂️', '🐈‍⬛', '🇨🇳', '🏴󠁧󠁢󠁳󠁣󠁴󠁿']) assert.ok(has(emoji), emoji)
  for (const text of ['0', '9', '#', '*', 'a', '中', '©', '®', '™', '✓', '…', '→']) assert.ok(!has(text), text)
})
