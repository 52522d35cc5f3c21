// The way back to the list.

/** @import {Session} from '../../../types' */
import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'
import { icon } from './icons.js'

/** Only where one pane is shown at a time; the style sheet hides it elsewhere. @param {Session} session */
export const backButton = (session) => html`<button type="button" class="ic back" aria-label=${t('back')} title=${t('back')} @click=${() => session.router.back()}>${icon('back')}</button>`
