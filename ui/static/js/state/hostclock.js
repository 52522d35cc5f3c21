// The host's clock, ms: it dates everything, and the clock of a device may be wrong.

/** @param {Pick<import('./sessionstate.js').SessionState, 'env' | 'skew'>} session */
export const hostNow = (session) => session.env.clock.now() + session.skew.peek()
