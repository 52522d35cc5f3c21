// Light or dark, before anything is drawn: a classic script that the first paint waits for, for a module would come too late.
// It gives the root its data-theme, which is all that the styles know; what was chosen stands in this browser, and without a
// choice the system decides, also later.

{
  const KEY = 'duologue-theme'
  const system = matchMedia('(prefers-color-scheme: dark)')
  /** @type {string | null} */
  let choice = null
  try { choice = localStorage.getItem(KEY) } catch { /* none was kept */ }

  const apply = () => {
    const theme = choice === 'light' || choice === 'dark' ? choice : system.matches ? 'dark' : 'light'
    document.documentElement.dataset.theme = theme
    for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll('meta[name="theme-color"]'))) {
      meta.media = meta.dataset.for === theme ? 'all' : 'not all'
    }
  }

  apply()
  system.addEventListener('change', apply)
  addEventListener(KEY, (e) => {
    choice = /** @type {CustomEvent} */ (e).detail
    apply()
  })
}
