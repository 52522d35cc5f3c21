// A line at the bottom that says what just happened, and goes by itself.

/** @import {App} from '../../../types' */
import { html, nothing } from '../../vendor/lit-html/lit-html.js'

/** @param {App} app */
export const toast = (app) => app.toast.value ? html`<p>${app.toast.value}</p>` : nothing
