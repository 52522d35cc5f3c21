// One object of Intl for each language and choice: to make one takes far longer than to use it.

/** @type {Map<string, any>} */
const made = new Map()

/**
 * @template {object} T
 * @param {new (lang: string, options: any) => T} Kind
 * @param {string} lang
 * @param {object} [options]
 * @returns {T}
 */
export function intl(Kind, lang, options = {}) {
  const key = `${Kind.name} ${lang} ${JSON.stringify(options)}`
  let it = made.get(key)
  if (!it) made.set(key, it = new Kind(lang, options))
  return it
}
