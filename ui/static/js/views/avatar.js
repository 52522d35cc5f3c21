// A person in a circle: initials on a colour out of the id, and a dot for who is here. The style sheet draws the initials:
// they are for the eye, and no part of any name.

import { html, nothing } from '../../vendor/lit-html/lit-html.js'
import { hue, initials } from '../text/initials.js'
import { icon } from './icons.js'

/**
 * @param {{id: number, name: string, self?: boolean, online?: boolean, size?: 'small' | 'middle'}} person self: the chat with oneself
 */
export const avatar = ({ id, name, self, online, size }) => html`<span class="avatar hue-${hue(id)} ${size ?? ''}" aria-hidden="true" data-initials=${self ? '' : initials(name)}>
  ${self ? icon('devices') : nothing}${online ? html`<i class="dot"></i>` : nothing}</span>`
