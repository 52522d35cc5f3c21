// The first picture of a film in its place in the conversation. It is taken out of the film itself: only of one that is on
// screen, and of one film at a time, since a browser has few connections to a host and the rest of the page needs them.

/** How long one film may take, ms; then its place stays dark. */
const LIMIT = 15_000
/** The first picture itself is black in many films, s. */
const INTO = 0.5
const WIDE = 680

/**
 * @param {HTMLElement} pane
 * @returns {() => void} call again when it was drawn
 */
export function posters(pane) {
  if (typeof IntersectionObserver === 'undefined') return () => {}
  /** by the film's address; empty where there is none @type {Map<string, string>} */
  const known = new Map()
  /** @type {Set<HTMLVideoElement>} */
  const seen = new Set()
  let busy = false
  const watch = new IntersectionObserver((entries) => {
    for (const e of entries) {
      const film = /** @type {HTMLVideoElement} */ (e.target)
      if (e.isIntersecting) seen.add(film)
      else seen.delete(film)
    }
    next()
  })

  async function next() {
    if (busy) return
    busy = true
    for (const film of seen) {
      seen.delete(film)
      watch.unobserve(film)
      if (!film.isConnected || known.has(film.src) || film.readyState > 0) continue
      known.set(film.src, await first(film.src).catch(() => ''))
      show()
    }
    busy = false
  }

  function show() {
    for (const film of /** @type {NodeListOf<HTMLVideoElement>} */ (pane.querySelectorAll('video.video'))) {
      const poster = known.get(film.src)
      if (poster === undefined) watch.observe(film)
      if (film.getAttribute('poster') === (poster || null)) continue
      if (poster) film.poster = poster
      else film.removeAttribute('poster')
    }
  }
  return show
}

/** @param {string} src @returns {Promise<string>} the address of a picture */
async function first(src) {
  const film = document.createElement('video')
  film.muted = true
  film.playsInline = true
  film.preload = 'auto'
  try {
    film.src = src
    await once(film, 'loadeddata')
    film.currentTime = Math.min(INTO, (film.duration || 0) / 2)
    await once(film, 'seeked')
    const by = Math.min(1, WIDE / film.videoWidth)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(film.videoWidth * by)
    canvas.height = Math.round(film.videoHeight * by)
    canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height)
    const picture = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.8) })
    return URL.createObjectURL(/** @type {Blob} */ (picture))
  } finally {
    // Else it goes on loading, and keeps its connection.
    film.removeAttribute('src')
    film.load()
  }
}

/** @param {HTMLVideoElement} film @param {string} what */
const once = (film, what) => new Promise((done, no) => {
  const stop = new AbortController()
  const { signal } = stop
  const timer = setTimeout(() => { stop.abort(); no(new Error(what)) }, LIMIT)
  film.addEventListener(what, () => { clearTimeout(timer); stop.abort(); done(undefined) }, { signal })
  film.addEventListener('error', () => { clearTimeout(timer); stop.abort(); no(new Error('not played here')) }, { signal })
})
