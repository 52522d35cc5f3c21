// The program on the host's computer, as its owner sees it: its state, the switches of that computer, the way to end it.

/** @import {Session, Program} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { locale, t } from '../words/index.js'
import { full } from '../words/time.js'
import { bytes } from '../words/size.js'
import { icon } from './icons.js'
import { everybody } from './people.js'

/** For the owner only. @param {Session} session */
export function program(session) {
  if (!session.data.value.me.owner) return nothing
  const it = session.program.state.value
  if (session.program.ended.value) return section(html`<p role="status">${t('program.ended')}</p>`)
  return it ? section(html`${facts(session, it)}${switches(session, it)}
    <button type="button" class="button danger" @click=${() => ask(session)}>${icon('power')}${t('program.quit')}</button>`) : nothing
}

/** @param {unknown} inside */
const section = (inside) => html`<section class="program"><h2>${t('program.title')}</h2>${inside}</section>`

/** How many other people are here, as of now. @param {Session} session */
const others = (session) => everybody(session).filter((u) => u.online).length

/** @param {Session} session @param {Program} it */
const facts = (session, it) => html`<dl>
  ${fact(t('program.version'), it.version)}
  ${fact(t('program.since'), full(it.since, locale()))}
  ${fact(t('program.people'), t('program.people.n', { n: it.people, online: others(session) + 1 }))}
  ${fact(t('program.size'), bytes(it.size, locale()))}
  ${it.folder ? fact(t('program.folder'), html`<code>${it.folder}</code>`) : nothing}
  ${fact(t('program.addresses'), it.addresses.map((at) => html`<code>${at}</code>`))}
</dl>`

/** @param {string} name @param {unknown} value */
const fact = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** Away from the host's computer the switches are only looked at. @param {Session} session @param {Program} it */
const switches = (session, it) => it.startup === null && it.awake === null ? nothing : html`<div>
  ${choice(session, it, 'startup', t('program.startup'))}${choice(session, it, 'awake', t('program.awake'))}
  ${it.here ? nothing : html`<p class="soft">${t('program.elsewhere')}</p>`}</div>`

/** @param {Session} session @param {Program} it @param {'startup' | 'awake'} name @param {string} words */
const choice = (session, it, name, words) => it[name] === null ? nothing : html`<label class="check">
  <input type="checkbox" name=${name} .checked=${it[name]} ?disabled=${!it.here} @change=${async (/** @type {any} */ e) => {
    await session.program.turn(name, e.target.checked)
    e.target.checked = session.program.state.peek()?.[name]
  }}><span>${words}</span></label>`

/** @param {Session} session */
function ask(session) {
  const n = others(session)
  session.confirm.value = {
    title: t('sure.quit'), text: n ? `${t('sure.quit.others', { n })} ${t('sure.quit.text')}` : t('sure.quit.text'),
    action: t('program.quit'), danger: true, run: () => session.program.quit(),
  }
}
