// One bubble. Each is drawn by itself, so that one that fails leaves the rest.

/** @import {Session, Chat, Entry, Message, Quote} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { guard } from '../../vendor/lit-html/directives/guard.js'
import { live } from '../../vendor/lit-html/directives/live.js'
import { tick } from '../proto/ticks.js'
import { errorWords } from '../words/errors.js'
import { isUploading } from '../state/pending.js'
import { onlyEmoji } from '../text/onlyemoji.js'
import { lang, locale, t } from '../words/index.js'
import { line } from '../words/summary.js'
import { clock, full } from '../words/time.js'
import { filesOf } from './filebubble.js'
import { icon } from './icons.js'
import { rich } from './richtext.js'
import { spot } from './menu.js'
import { mayWriteAgain, withdraw, writeAgain } from './messageactions.js'
import { entryMenu, messageMenu } from './messagemenu.js'
import { copyButton, fromElsewhere, deviceLabel } from './devicelabel.js'
import { partsOf } from './upload.js'
import { view } from './viewer.js'
import { tickMark } from './tickmark.js'
import { nameOf } from './people.js'

/** @typedef {'' | 'gap' | 'on'} Standing how a bubble stands to the one above it: alone, at the head of a new group, or going on with one */

/** The same before and after the host acknowledged it, so that the bubble stays the same element. @param {number} user @param {string} cid */
export const keyOf = (user, cid) => `m-${user}-${cid}`

/** @param {() => unknown} draw */
function safely(draw) {
  try {
    return draw()
  } catch (e) {
    console.error('message not drawn', e)
    return html`<div class="m broken">${t('log.broken')}</div>`
  }
}

/** @param {Session} session @param {Chat | undefined} chat @param {Message} m @param {Standing} stands */
export function bubble(session, chat, m, stands) {
  const me = session.data.value.me.id ?? 0
  const mine = m.user === me
  const state = mine && !m.recalled && chat?.who !== me ? tick(m, chat) : null
  const name = chat ? nameOf(session, chat.who) : ''
  const who = chat?.who ?? 0
  const picked = session.selected.value?.who === who ? session.selected.value.messages : null
  const chosen = picked ? picked.has(m.seq) : null
  const self = who === me
  const away = self && fromElsewhere(session, m)
  const again = mine && m.recalled && mayWriteAgain(session, who, m)
  return guard([session, m, stands, state, name, chosen, again, away, lang.value], () => safely(() => {
    const files = m.recalled ? [] : m.files ?? []
    const shell = `m${mine && !away ? ' me' : ''}${stands && ` ${stands}`}${m.recalled ? ' gone' : ''}${files.length ? ' filed' : !m.recalled && onlyEmoji(m.content) ? ' big' : ''}${self && m.content ? ' roomy' : ''}${chosen === null ? '' : chosen ? ' picking picked' : ' picking'}`
    const key = keyOf(m.user, m.cid)
    return html`<div class=${shell} id=${key} data-seq=${m.seq} tabindex="-1" role="article" aria-label=${label(self ? deviceLabel(session, m) : mine ? t('you') : name, files)} aria-labelledby=${heard(key)}
      @click=${chosen === null ? nothing : () => session.selection.toggle(who, m)}
      @contextmenu=${(/** @type {MouseEvent} */ e) => {
        if (chosen !== null) {
          e.preventDefault()
          return session.selection.toggle(who, m)
        }
        if (getSelection()?.toString() || (e.target instanceof Element && e.target.closest('a'))) return
        e.preventDefault()
        messageMenu(session, who, m, spot(e))
      }}>
      ${m.reply ? quote(session, who, m.reply, name) : nothing}
      ${files.length ? filesOf(files, (f) => view(session, who, m.seq, f.id), self) : nothing}
      <div class="body" id=${bodyOf(key)} dir="auto">${m.recalled ? recalled(mine, name) : rich(session, m.content)}${again ? html` <button type="button" class="again" @click=${() => writeAgain(session, who, m)}>${t('again')}</button>` : nothing}<small>${m.edited && !m.recalled ? html`${t('edited')} ` : nothing}<time datetime=${new Date(m.date).toISOString()} title=${full(m.date, locale())}>${clock(m.date, locale())}</time>${state ? tickMark(state) : nothing}</small></div>
      ${self && m.content && chosen === null ? copyButton(session, m) : nothing}
      ${chosen === null ? html`<button type="button" class="more" tabindex="-1" aria-label=${t('menu.message')} title=${t('menu.message')}
        @click=${(/** @type {any} */ e) => messageMenu(session, who, m, e.currentTarget)}>${icon('more')}</button>`
        : html`<input type="checkbox" class="pick" tabindex="-1" aria-label=${t('pick.this')} .checked=${live(chosen)}>`}</div>`
  }))
}

/** What isn't at the host yet. @param {Session} session @param {Entry} e @param {Standing} stands */
export function pending(session, e, stands) {
  const cut = session.cutOff.value
  const me = session.data.value.me.id ?? 0
  return guard([session, e, stands, cut, lang.value], () => safely(() => {
    const key = keyOf(me, e.cid)
    const state = e.state === 'failed' ? 'failed' : e.state === 'done' ? 'host' : cut ? 'waiting' : e.code ? 'held' : 'sending'
    return html`<div class="m me${stands && ` ${stands}`}${e.parts ? ' filed' : onlyEmoji(e.content) ? ' big' : ''} ${state}" id=${key} tabindex="-1" role="article" aria-label=${label(t('you'), e.parts)} aria-labelledby=${heard(key)}
      @contextmenu=${isUploading(e) ? nothing : (/** @type {MouseEvent} */ ev) => { ev.preventDefault(); entryMenu(session, e, spot(ev)) }}>
      ${e.quote ? quote(session, e.to, e.quote, nameOf(session, e.to)) : nothing}
      ${e.parts ? partsOf(session, e) : nothing}
      <div class="body" id=${bodyOf(key)} dir="auto">${rich(session, e.content)}<small>${state === 'waiting' || state === 'held' ? html`${t(`tick.${state}`)} ` : nothing}<time>${clock(e.date, locale())}</time>${state === 'host' && e.to === me ? nothing : tickMark(state)}</small></div>
      ${e.state === 'failed' && !isUploading(e) ? html`<div class="why" role="alert">${t('failed', { what: errorWords(e.code) })}
        <button type="button" @click=${() => session.actions.retry(e.cid)}>${t('retry')}</button>
        <button type="button" @click=${() => withdraw(session, e)}>${t('delete')}</button></div>` : nothing}</div>`
  }))
}

/** @param {string} key */
const bodyOf = (key) => `b-${key}`
/** Whoever comes here by keys hears who, with which files, and all that the body says: a label alone would hide it. @param {string} key */
const heard = (key) => `${key} ${bodyOf(key)}`
/** @param {string} who @param {readonly {name: string}[]} [files] */
const label = (who, files = []) => [who, ...files.map((f) => f.name)].join(', ')

/** @param {boolean} mine @param {string} name */
const recalled = (mine, name) => mine ? t('recalled.you') : t('recalled.other', { name })

/** What is answered; it leads there. By keys the menu does. @param {Session} session @param {number} who @param {Quote} q @param {string} name */
const quote = (session, who, q, name) => html`<button type="button" class="q" tabindex="-1" title=${t('quote.go')} @click=${() => session.pages.jump(who, q.seq)}>
  <b dir="auto">${q.user === session.data.peek().me.id ? t('you') : name}</b><span dir="auto">${q.content ? line(q.content) : html`<i>${t('recalled')}</i>`}</span></button>`
