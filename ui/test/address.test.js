import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostAddress, onlyHere, plainHost, typable } from '../static/js/text/address.js'

test('an address is understood however it is handed on', () => {
  for (const [typed, want] of [
    ['192.168.1.5', 'http://192.168.1.5:7272/#/join'],
    [' 192.168.1.5:7273 ', 'http://192.168.1.5:7273/#/join'],
    ['192.168.1.5:80', 'http://192.168.1.5/#/join'],
    ['http://192.168.1.5:7272/', 'http://192.168.1.5:7272/#/join'],
    ['http://192.168.1.5:7272/#join=ABC', 'http://192.168.1.5:7272/#join=ABC'],
    ['HTTP://House.local', 'http://house.local:7272/#/join'],
    ['house', 'http://house:7272/#/join'],
    ['[fd00::5]:7272', 'http://[fd00::5]:7272/#/join'],
    ['https://chat.example', 'https://chat.example/#/join'],
    ['192.168.1.5:7272/?x=1', 'http://192.168.1.5:7272/#/join'],
  ]) assert.equal(hostAddress(typed), want, typed)
})

test('what is no address is none', () => {
  for (const typed of ['', ' ', 'my house', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc', 'http://', 'user@house', '192.168.1.5:x', '192.168.1.999'])
    assert.equal(hostAddress(typed), null, typed)
})

test('what one types of an address', () => {
  assert.equal(typable('http://192.168.1.5:7272/#join=ABC'), '192.168.1.5:7272')
  assert.equal(typable('http://[fd00::5]:7272/'), '[fd00::5]:7272')
  assert.equal(typable('https://house.local/#link=x'), 'house.local')
})

test('an address of loopback leads nowhere from elsewhere', () => {
  for (const url of ['http://127.0.0.1:7272/', 'http://localhost:7272/#join=a', 'http://[::1]:7272/']) assert.ok(onlyHere(url), url)
  for (const url of ['http://192.168.1.5:7272/', 'http://127-0.example/', 'http://house.local/']) assert.ok(!onlyHere(url), url)
})

test('what was found is offered only if it is a number and a port', () => {
  for (const url of ['http://192.168.1.5:7272/', 'http://[fd00::5]:80/']) assert.ok(plainHost(url), url)
  for (const url of ['https://192.168.1.5:7272/', 'http://house:7272/', 'http://192.168.1.5:7272/x', 'http://192.168.1.5/', 'javascript:alert(1)', 'http://a@192.168.1.5:7272/'])
    assert.ok(!plainHost(url), url)
})
