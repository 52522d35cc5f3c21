// A phone's keyboard. Most browsers shrink the page by it, as index.html asks them to. One lays it over the page and pushes that up
// instead: there the page is told how high it is, and pulled down again. What two fingers made larger is left alone.

export function fitToSight() {
  const sight = visualViewport
  const root = document.documentElement
  const fit = () => {
    if (!sight || sight.scale > 1.01) return
    const covered = root.clientHeight - sight.height >= 1
    root.style.setProperty('--vh', covered ? `${sight.height}px` : '')
    if (covered) scrollTo(0, 0)
  }
  for (const name of ['resize', 'scroll']) sight?.addEventListener(name, fit)
}
