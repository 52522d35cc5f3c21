// The HTTP calls. Every failure is an ApiError with a code of the protocol, or 'offline' where no answer came.

/** @import {Host, Snapshot, Page, User, Chat, Message, Device, Hits, Storage, Invite, Program, SignInLink, Reach, FoundHost} from '../../../types' */

export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {number} status
   * @param {string} [reason] which limit it is that was reached
   */
  constructor(code, message, status, reason) {
    super(message)
    this.code = code
    this.status = status
    this.reason = reason
  }
}

/**
 * @param {typeof fetch} fetch
 * @param {object} [o]
 * @param {number} [o.limit] ms after which a call counts as unanswered
 * @param {() => void} [o.alive] throws an ApiError when nobody is there any more to take an answer; asked when all of it is here
 */
export function createApi(fetch, { limit = 15_000, alive = () => {} } = {}) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {boolean} [keepalive] the call outlives the page
   * @param {AbortSignal} [stop] instead of the limit
   * @returns {Promise<any>}
   */
  async function call(method, path, body, keepalive = false, stop = AbortSignal.timeout(limit)) {
    const init = /** @type {RequestInit} */ ({ method, keepalive, signal: stop })
    if (body !== undefined) {
      init.headers = { 'Content-Type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    let answer, data
    try {
      answer = await fetch(path, init)
      data = answer.status === 204 ? null : await answer.json().catch(() => null)
      alive()
    } catch (e) {
      if (e instanceof ApiError) throw e
      throw new ApiError('offline', String(e), 0)
    }
    if (!answer.ok) throw new ApiError(data?.error?.code ?? 'internal', data?.error?.message ?? '', answer.status, data?.error?.reason)
    return data
  }

  const me = (/** @type {{me: User}} */ x) => x.me
  const chat = (/** @type {{chat: Chat}} */ x) => x.chat
  const message = (/** @type {{message: Message}} */ x) => x.message

  return {
    host: () => /** @type {Promise<Host>} */ (call('GET', '/api/host')),
    sync: () => /** @type {Promise<Snapshot>} */ (call('GET', '/api/sync')),
    setup: (/** @type {string} */ token, /** @type {string} */ name) => call('POST', '/api/setup', { token, name }).then(me),
    join: (/** @type {string} */ code, /** @type {string} */ name) => call('POST', '/api/join', { code, name }).then(me),
    signin: (/** @type {{token: string} | {link: string} | {name: string, password: string}} */ by) => call('POST', '/api/signin', by).then(me),
    signout: () => call('POST', '/api/signout', {}),
    patchMe: (/** @type {{name?: string, password?: string, old_password?: string, receipts?: boolean}} */ to) => call('PATCH', '/api/me', to).then(me),
    linkForMe: () => /** @type {Promise<SignInLink>} */ (call('POST', '/api/me/links', {})),
    linkFor: (/** @type {number} */ id) => /** @type {Promise<SignInLink>} */ (call('POST', `/api/people/${id}/links`, {})),
    removePerson: (/** @type {number} */ id) => call('DELETE', `/api/people/${id}`),
    sessions: () => /** @type {Promise<{sessions: Device[]}>} */ (call('GET', '/api/me/sessions')),
    endSession: (/** @type {string} */ id) => call('DELETE', `/api/me/sessions/${id}`),
    invite: () => /** @type {Promise<Invite>} */ (call('GET', '/api/invite')),
    program: () => /** @type {Promise<Program>} */ (call('GET', '/api/program')),
    patchProgram: (/** @type {{startup?: boolean, awake?: boolean}} */ to) => /** @type {Promise<Program>} */ (call('PATCH', '/api/program', to)),
    quitProgram: () => call('POST', '/api/program/quit', {}),
    reach: () => /** @type {Promise<Reach>} */ (call('GET', '/api/reach')),
    found: () => /** @type {Promise<{hosts: FoundHost[]}>} */ (call('GET', '/api/found')),
    chooseFound: (/** @type {string} */ instance) => call('POST', '/api/found', { instance }),
    storage: () => /** @type {Promise<Storage>} */ (call('GET', '/api/storage')),
    dropFiles: (/** @type {{before: number}} */ what) => /** @type {Promise<{files: number, size: number}>} */ (call('POST', '/api/storage/drop', what)),
    limitStorage: (/** @type {number} */ cap) => /** @type {Promise<Storage>} */ (call('PATCH', '/api/storage', { cap })),
    newInvite: () => /** @type {Promise<Invite>} */ (call('POST', '/api/invite', {})),
    openChat: (/** @type {number} */ who) => call('PUT', `/api/chats/${who}`, {}).then(chat),
    patchChat: (/** @type {number} */ who, /** @type {{draft?: string, pinned?: boolean, muted?: boolean, marked?: boolean}} */ to, keepalive = false) => call('PATCH', `/api/chats/${who}`, to, keepalive).then(chat),
    deleteChat: (/** @type {number} */ who) => call('DELETE', `/api/chats/${who}`),
    /** @param {number} who @param {{before?: number, after?: number, around?: number, at?: number, limit?: number}} at */
    messages: (who, at) => /** @type {Promise<Page>} */ (call('GET', `/api/chats/${who}/messages?${new URLSearchParams(
      Object.entries(at).map(([k, v]) => [k, String(v)]))}`)),
    /** The same as the frame. @param {number} who @param {import('../../../types').Frame} frame */
    send: (who, { type, to, ...message }) => /** @type {Promise<import('../../../types').Ack>} */ (call('POST', `/api/chats/${who}/messages`, message)),
    edit: (/** @type {number} */ who, /** @type {number} */ seq, /** @type {string} */ content) => call('PATCH', `/api/chats/${who}/messages/${seq}`, { content }).then(message),
    recall: (/** @type {number} */ who, /** @type {number} */ seq) => call('POST', `/api/chats/${who}/messages/${seq}/recall`, {}).then(message),
    removeMessage: (/** @type {number} */ who, /** @type {number} */ seq, keepalive = false) => call('DELETE', `/api/chats/${who}/messages/${seq}`, undefined, keepalive),
    /** @param {{q: string, who?: string, before?: string}} what @param {AbortSignal} stop */
    search: (what, stop) => /** @type {Promise<Hits>} */ (call('GET', `/api/search?${new URLSearchParams(what)}`, undefined, false, stop)),
  }
}

/** @typedef {ReturnType<typeof createApi>} Api */
