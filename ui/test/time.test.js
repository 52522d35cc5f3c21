import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brief, clock, day, dayOf, moment } from '../static/js/words/time.js'

const zone = 'Asia/Shanghai'
const at = (text) => Date.parse(`${text}+08:00`)
const now = at('2026-05-20T10:00:00')

test('a time that fits a row', () => {
  const table = [
    ['2026-05-20T09:05:00', '09:05', '09:05'],
    ['2026-05-20T00:00:00', '00:00', '00:00'],
    ['2026-05-19T23:59:00', 'yesterday', '昨天'],
    ['2026-05-16T12:00:00', 'Sat', '周六'],
    ['2026-05-13T12:00:00', '13 May', '5月13日'],
    ['2025-12-31T12:00:00', '31/12/25', '25/12/31'],
    ['2026-05-20T11:00:00', '11:00', '11:00'],
  ]
  for (const [time, en, zh] of table) {
    assert.equal(brief(at(time), now, 'en-GB', zone), en, time)
    assert.equal(brief(at(time), now, 'zh-CN', zone), zh, time)
  }
})

test('the line between two days', () => {
  assert.equal(day(at('2026-05-20T09:00:00'), now, 'en-GB', zone), 'Today')
  assert.equal(day(at('2026-05-19T09:00:00'), now, 'en-GB', zone), 'Yesterday')
  assert.equal(day(at('2026-05-19T09:00:00'), now, 'zh-CN', zone), '昨天')
  assert.match(day(at('2026-05-01T09:00:00'), now, 'en-GB', zone), /Friday.*1 May/)
  assert.match(day(at('2024-05-01T09:00:00'), now, 'en-GB', zone), /2024/)
})

test('a moment in a sentence, midnight and the zone', () => {
  assert.equal(moment(at('2026-05-20T09:05:00'), now, 'en-GB', zone), '09:05')
  assert.equal(moment(at('2026-05-19T09:05:00'), now, 'en-GB', zone), 'yesterday 09:05')
  assert.equal(clock(at('2026-05-20T00:05:00'), 'zh-CN', zone), '00:05')
  assert.notEqual(dayOf(at('2026-05-20T00:05:00'), zone), dayOf(at('2026-05-19T23:55:00'), zone))
  assert.equal(dayOf(at('2026-05-20T00:05:00'), 'UTC'), dayOf(at('2026-05-19T23:55:00'), 'UTC'))
})

test('days and years are told apart however a browser writes dates', () => {
  const { DateTimeFormat } = Intl
  // As ICU 72 did in Canada, and worse.
  Intl.DateTimeFormat = class Odd extends DateTimeFormat {
    get format() { return (ms) => this.resolvedOptions().locale.startsWith('en-CA') ? `${new Date(ms).getUTCMonth() + 1}/${new Date(ms).getUTCDate()}` : super.format(ms) }
  }
  try {
    assert.equal(dayOf(at('2026-05-20T23:59:00'), zone), Date.UTC(2026, 4, 20) / 86_400_000)
    assert.equal(dayOf(at('2026-05-20T23:59:00'), zone), dayOf(at('2026-05-20T00:00:00'), zone))
    assert.equal(brief(at('2025-05-13T12:00:00'), now, 'en-GB', zone), '13/05/25')
    assert.match(day(at('2025-05-20T12:00:00'), now, 'en-GB', zone), /2025/)
    assert.equal(day(at('2026-05-20T09:00:00'), now, 'en-GB', zone), 'Today')
  } finally {
    Intl.DateTimeFormat = DateTimeFormat
  }
})
