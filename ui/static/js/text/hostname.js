// Whether the name of a host is read by everybody as the one that it is: a link shows a name and leads to its code.

/** Letters of one script beside digits. Others are not drawn in the order in which they stand, or look too much like Latin ones. */
const SCRIPTS = [
  /^[a-z\d_\u00df-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u017e-]+$/i,
  /^[\d\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u30fc-]+$/u,
  /^[\d\p{sc=Cyrillic}-]+$/u,
]
/** Cyrillic letters of which a whole Latin word may seem to be made. */
const SEEMS = /^[\dасԁеһіјӏорԛѕԝхуъьбпгѵѡАВЕЅІЈКМНОРСТУХԚԜЬ-]+$/

/** @param {string} name of a host, as it was written */
export function plainName(name) {
  if (/^[\0-\x7f]*$/.test(name)) return true
  if (!name.includes('.') || name.normalize('NFKC') !== name) return false
  const labels = name.split('.')
  return labels.every((label) => SCRIPTS.some((s) => s.test(label))) && !(/[a-z]/i.test(labels[labels.length - 1]) && labels.some((l) => SEEMS.test(l) && /[^\d-]/.test(l)))
}
