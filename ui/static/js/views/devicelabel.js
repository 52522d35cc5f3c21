// The chat with oneself: which device each message came from. What this one sent stands where my own words always stand, what
// came from another stands where others speak.

/** @import {Session, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { deviceName } from '../text/devicename.js'
import { t } from '../words/index.js'
import { copyText } from './messageactions.js'
import { icon } from './icons.js'

/** Whether another device of mine sent it. Of the oldest nobody knows. @param {Session} session @param {Pick<Message, 'session'>} m */
export const fromElsewhere = (session, m) => !!m.session && m.session !== session.data.value.session

/** @param {Session} session @param {Pick<Message, 'session' | 'device'>} m */
export const deviceLabel = (session, m) => fromElsewhere(session, m) ? deviceName(m.device ?? '') || t('sender.other') : t(m.session ? 'sender.this' : 'you')

/** What stands over the messages of one device. @param {Session} session @param {Pick<Message, 'session' | 'device'>} m */
export const deviceLine = (session, m) => html`<p class=${fromElsewhere(session, m) ? 'sender' : 'sender me'} dir="auto">${deviceLabel(session, m)}</p>`

/** What a message to myself is for, without a menu. @param {Session} session @param {Message} m */
export const copyButton = (session, m) => html`<button type="button" class="ic take" tabindex="-1" aria-label=${t('copy')} title=${t('copy')}
  @click=${() => copyText(session, m)}>${icon('copy')}</button>`
