// The host's clock, ms: it dates everything, and the clock of a device may be wrong.

/** @param {Pick<import('./app.js').Base, 'env' | 'skew'>} app */
export const hostNow = (app) => app.env.clock.now() + app.skew.peek()
