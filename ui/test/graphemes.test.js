import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { another } from '../static/js/state/door.js'
import { matches } from '../static/js/text/fold.js'
import { cut, letterAt, split } from '../static/js/text/graphemes.js'
import { initials } from '../static/js/text/initials.js'
import { snippet } from '../static/js/text/snippet.js'
import { line } from '../static/js/words/summary.js'

const letters = (text) => [...new Intl.Segmenter().segment(text)].map((s) => s.segment)
const mark = (content, query) => snippet(content, query).map((p) => p.hit ? `[${p.text}]` : p.text).join('')
/** Where each part ends, and the beginning. */
const lengths = (parts) => parts.reduce((ends, p) => ends.add(Math.max(...ends) + p.length), new Set([0]))
const unit = fc.constantFrom('a', 'b', '.', ' ', '\n', '…', '中', 'é', 'e\u0301', '👩🏽‍💻', '👩', '👨‍👩‍👧', '🇨🇳', '🇨', '❤️', 'ﬁ', '㍿', '각', 'नि', '½')
const texts = fc.array(unit, { maxLength: 260 }).map((u) => u.join(''))

test('marks that would overlap are one', () => {
  assert.equal(mark('等……好吧……', '..'), '等[……]好吧[……]')
  assert.equal(mark('……', '.....'), '[……]')
  assert.equal(mark('aaaa', 'aa'), '[aa][aa]')
  assert.equal(mark('👩‍👩‍👧 and 👩', '👩'), '[👩‍👩‍👧] and [👩]')
})

test('places of a query never overlap, and joined marks give back the text', () => {
  const flat = (text) => text.replace(/\s+/g, ' ')
  fc.assert(fc.property(texts, fc.array(unit, { minLength: 1, maxLength: 3 }).map((u) => u.join('')), (text, query) => {
    let at = 0
    for (const m of matches(text, query)) {
      assert.ok(m.start >= at && m.end > m.start)
      at = m.end
    }
    const pieces = snippet(text, query)
    const first = pieces[0]?.text === '…' && !pieces[0].hit && !text.startsWith(pieces.map((p) => p.text).join('').slice(0, -1))
    const shown = flat(pieces.slice(first ? 1 : 0).map((p) => p.text).join(''))
    assert.ok(flat(text).includes(shown) || flat(text).includes(shown.replace(/…$/, '')), JSON.stringify([text, query, pieces]))
  }), { numRuns: 400 })
})

test('a cut never splits what people count as one letter', () => {
  fc.assert(fc.property(texts, unit, fc.nat(300), (text, query, at) => {
    const whole = letters(text)
    assert.deepEqual(split(text), whole)
    const ends = lengths(whole)
    assert.ok(ends.has(cut(text, at).length) && cut(text, at).length <= at)
    assert.ok(ends.has(letterAt(text, at).start) && ends.has(letterAt(text, at).end))
    const pieces = snippet(text, query).map((p) => p.text)
    const between = lengths(letters(pieces.join('')))
    for (const place of lengths(pieces)) assert.ok(between.has(place), JSON.stringify(pieces))
  }), { numRuns: 400 })
  assert.doesNotMatch(line('a'.repeat(159) + '👩🏽‍💻'), /👩/u)
  assert.equal(line('a'.repeat(159) + '👩🏽‍💻'), 'a'.repeat(159))
  assert.equal(mark('x'.repeat(138) + '👩🏽‍💻👩🏽‍💻', 'y'), 'x'.repeat(138) + '…')
  assert.equal(mark('👩🏽‍💻'.repeat(9) + 'needle', 'needle').replace(/👩🏽‍💻/gu, ''), '…[needle]')
  assert.equal(another('a'.repeat(34) + '👩🏽‍💻'), 'a'.repeat(34) + ' 2')
  assert.equal(initials('👩🏽‍💻'), '👩🏽‍💻')
  assert.equal(initials('👩🏽‍💻 Dev'), 'D')
})
