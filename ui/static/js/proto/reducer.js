// My side of everything, as a pure function of a snapshot and the events after it. Events carry absolute values, so one seen
// twice changes nothing, and one that isn't the next is refused: its place is the link's business.

/** @import {State, Snapshot, Event, Chat, User, Message, Presence} from '../../../types' */

/**
 * @param {Snapshot} snapshot
 * @returns {State}
 */
export function fromSnapshot(snapshot) {
  return {
    epoch: snapshot.epoch,
    ev: snapshot.ev,
    me: snapshot.me,
    session: snapshot.session,
    people: new Map(snapshot.people.map((u) => [u.id, u])),
    chats: new Map(snapshot.chats.map((c) => [c.who, c])),
  }
}

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  if (event.ev <= state.ev) return state
  return { ...state, ...change(state, event), ev: event.ev }
}

/**
 * @param {State} state
 * @param {Event} e
 * @returns {Partial<State>}
 */
function change(state, e) {
  switch (e.kind) {
    case 'message': return { chats: put(state.chats, withMessage(state.chats.get(e.who ?? 0), e)) }
    case 'changed': return { chats: withChanged(state.chats, e) }
    case 'chat': return { chats: put(state.chats, withLast(state.chats, /** @type {Chat} */ (e.chat))) }
    case 'chat-deleted': return { chats: without(state.chats, e.who ?? 0) }
    case 'person': return withPerson(state, /** @type {User} */ (e.user))
    case 'person-removed': return { people: without(state.people, e.id ?? 0) }
    default: return {}
  }
}

/**
 * A message's chat comes without its last: that is the message, unless a newer one is known.
 * @param {Chat | undefined} old
 * @param {Event} e
 * @returns {Chat}
 */
function withMessage(old, e) {
  const message = /** @type {Message} */ (e.message)
  const last = old?.last && old.last.seq >= message.seq ? old.last : message
  return { .../** @type {Chat} */ (e.chat), last }
}

/**
 * @param {ReadonlyMap<number, Chat>} chats
 * @param {Event} e
 */
function withChanged(chats, e) {
  const chat = chats.get(e.who ?? 0)
  const message = /** @type {Message} */ (e.message)
  return chat?.last?.seq === message.seq ? put(chats, { ...chat, last: message }) : chats
}

/**
 * @param {ReadonlyMap<number, Chat>} chats
 * @param {Chat} chat
 * @returns {Chat}
 */
function withLast(chats, chat) {
  return chat.last === undefined ? { ...chat, last: chats.get(chat.who)?.last ?? null } : chat
}

/**
 * A rename reaches the chat's name too; what the messages say stays what it was.
 * @param {State} state
 * @param {User} user
 * @returns {Partial<State>}
 */
function withPerson(state, user) {
  const people = new Map(state.people).set(user.id, { ...state.people.get(user.id), ...user })
  const chat = state.chats.get(user.id)
  const chats = chat && chat.name !== user.name ? put(state.chats, { ...chat, name: user.name }) : state.chats
  return { people, chats, me: state.me.id === user.id ? { ...state.me, ...user } : state.me }
}

/**
 * Presence isn't in the log: the latest wins.
 * @param {State} state
 * @param {Presence[]} news
 * @returns {State}
 */
export function presence(state, news) {
  const people = new Map(state.people)
  for (const { user, online, seen } of news) {
    const known = people.get(user)
    if (known) people.set(user, { ...known, online, seen })
  }
  return { ...state, people }
}

/**
 * @param {ReadonlyMap<number, Chat>} chats
 * @param {Chat} chat
 */
function put(chats, chat) {
  return new Map(chats).set(chat.who, chat)
}

/**
 * @template T
 * @param {ReadonlyMap<number, T>} map
 * @param {number} key
 */
function without(map, key) {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
