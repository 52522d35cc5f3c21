// The chat with oneself: which device each message came from. What this one sent stands where my own words always stand, what
// came from another stands where others speak.

/** @import {App, Message} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { deviceName } from '../text/devicename.js'
import { t } from '../words/index.js'
import { copyText } from './messageactions.js'
import { icon } from './icons.js'

/** Whether another device of mine sent it. Of the oldest nobody knows. @param {App} app @param {Pick<Message, 'session'>} m */
export const fromElsewhere = (app, m) => !!m.session && m.session !== app.data.value?.session

/** @param {App} app @param {Pick<Message, 'session' | 'device'>} m */
export const deviceLabel = (app, m) => fromElsewhere(app, m) ? deviceName(m.device ?? '') || t('sender.other') : t(m.session ? 'sender.this' : 'you')

/** What stands over the messages of one device. @param {App} app @param {Pick<Message, 'session' | 'device'>} m */
export const deviceLine = (app, m) => html`<p class=${fromElsewhere(app, m) ? 'sender' : 'sender me'} dir="auto">${deviceLabel(app, m)}</p>`

/** What a message to myself is for, without a menu. @param {App} app @param {Message} m */
export const copyButton = (app, m) => html`<button type="button" class="ic take" tabindex="-1" aria-label=${t('copy')} title=${t('copy')}
  @click=${() => copyText(app, m)}>${icon('copy')}</button>`
