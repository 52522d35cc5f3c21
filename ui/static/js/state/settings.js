// What I change about myself and my devices, and who gets in: name, password, receipts, sign-ins, the invitation.

/** @import {SessionState} from './sessionstate.js' */
import { untracked } from '../../vendor/signals-core/signals-core.mjs'

/**
 * @param {SessionState} session
 * @param {Pick<import('./actions.js').Actions, 'tell'>} actions
 */
export function createSettings(session, { tell }) {
  const { api, data } = session

  const settings = {
    /** @param {string} name */
    rename: (name) => tell(api.patchMe({ name }), { conflict: 'door.conflict', invalid: 'door.invalid' }),

    /** @param {string} password @param {string} old empty where there was none */
    setPassword: (password, old) => tell(api.patchMe({ password, ...(old ? { old_password: old } : {}) }), { forbidden: 'settings.password.wrong', invalid: 'settings.password.long' }),

    /** Whether others see what I read, and I what they read. @param {boolean} receipts @returns {Promise<boolean>} whether it holds */
    async setReceipts(receipts) {
      const me = await tell(api.patchMe({ receipts }))
      if (me) data.value = { ...data.peek(), me: { ...data.peek().me, ...me } }
      return !!me
    },

    async loadDevices() {
      session.devices.value = (await tell(api.sessions()))?.sessions ?? null
    },
    /** @param {string} id of its session */
    async endDevice(id) {
      await tell(api.endSession(id))
      await settings.loadDevices()
    },
    /** A link that signs another device of mine in. */
    linkForMe: () => tell(api.linkForMe()),
    /** One for somebody who can't get in any more. @param {number} who */
    linkFor: (who) => tell(api.linkFor(who)),
    /** @param {number} who */
    removePerson: (who) => tell(api.removePerson(who)),

    /** The network may have changed since the last time. */
    async loadInvite() {
      session.invited.value = await tell(api.invite()) ?? session.invited.peek()
    },
    /** The old code lets nobody in any more. */
    async newInvite() {
      if (await tell(api.newInvite())) await settings.loadInvite()
    },
  }

  session.effect(() => {
    const { name } = session.route.value
    if (name === 'invite') untracked(settings.loadInvite)
    if (name === 'settings') untracked(settings.loadDevices)
  })
  return settings
}

/** @typedef {ReturnType<typeof createSettings>} Settings */
