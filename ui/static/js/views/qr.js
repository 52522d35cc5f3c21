// A picture for the camera of another device, drawn by the host: dark on white, whatever the page's colours are.

import { html } from '../../vendor/lit-html/lit-html.js'
import { t } from '../words/index.js'

/** @param {string} url an invitation, a sign-in link, or this host's plain address */
export const qr = (url) => html`<img class="qr" src="/api/invite/qr.svg?url=${encodeURIComponent(url)}" alt=${t('qr')} width="232" height="232">`
