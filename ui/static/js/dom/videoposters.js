// The first picture of a film in its place in the conversation. It is taken out of the film itself: only of one that is on
// screen, and of one film at a time, since a browser has few connections to a host and the rest of the page needs them.

/** How long one film may take, ms; then its place stays dark until it comes into sight again. */
const LIMIT = 15_000
/** So many films are remembered, and those that are drawn. */
const KEPT = 50
/** The first picture itself is black in many films, s. */
const INTO = 0.5
const WIDE = 680

/**
 * @param {HTMLElement} pane
 * @returns {() => void} call again when it was drawn
 */
export function videoPosters(pane) {
  if (typeof IntersectionObserver === 'undefined') return () => {}
  /** by the film's address; empty where no picture can be had @type {Map<string, string>} */
  const known = new Map()
  /** come into sight, and not tried since @type {Set<HTMLVideoElement>} */
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
      if (!film.isConnected || known.has(film.src) || film.readyState > 0) continue
      const { src } = film
      const poster = await first(src)
      if (poster === undefined) continue
      known.set(src, poster)
      show()
    }
    busy = false
  }

  function show() {
    /** @type {Set<string>} */
    const drawn = new Set()
    for (const film of /** @type {NodeListOf<HTMLVideoElement>} */ (pane.querySelectorAll('video.video'))) {
      drawn.add(film.src)
      const poster = known.get(film.src)
      // One that is watched already is not told of again before it has been out of sight.
      if (poster === undefined) watch.observe(film)
      else watch.unobserve(film)
      if (film.getAttribute('poster') === (poster || null)) continue
      if (poster) film.poster = poster
      else film.removeAttribute('poster')
    }
    forget(drawn)
  }

  /** The oldest that are not drawn. @param {Set<string>} drawn */
  function forget(drawn) {
    for (const [src, poster] of known) {
      if (known.size <= KEPT) return
      if (drawn.has(src)) continue
      known.delete(src)
      URL.revokeObjectURL(poster)
    }
  }
  return show
}

/**
 * @param {string} src
 * @returns {Promise<string | undefined>} the address of a picture; empty where none can be had, undefined where one may be another time
 */
async function first(src) {
  const film = document.createElement('video')
  film.muted = true
  film.playsInline = true
  film.preload = 'auto'
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), LIMIT)
  try {
    film.src = src
    await once(film, 'loadeddata', stop.signal)
    if (!film.videoWidth) return ''
    film.currentTime = Math.min(INTO, (film.duration || 0) / 2)
    await once(film, 'seeked', stop.signal)
    const by = Math.min(1, WIDE / film.videoWidth)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(film.videoWidth * by)
    canvas.height = Math.round(film.videoHeight * by)
    canvas.getContext('2d')?.drawImage(film, 0, 0, canvas.width, canvas.height)
    const picture = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.8) })
    return URL.createObjectURL(/** @type {Blob} */ (picture))
  } catch {
    return await hopeless(film, stop.signal).catch(() => false) ? '' : undefined
  } finally {
    clearTimeout(timer)
    stop.abort()
    // Else it goes on loading, and keeps its connection.
    film.removeAttribute('src')
    film.load()
  }
}

/** Whether it is the film's fault. Of one that cannot be fetched browsers say the same, so the host is asked for it.
 * @param {HTMLVideoElement} film @param {AbortSignal} signal */
async function hopeless({ error, src }, signal) {
  return error !== null && error.code >= MediaError.MEDIA_ERR_DECODE && (await fetch(src, { method: 'HEAD', signal })).ok
}

/** @param {HTMLVideoElement} film @param {string} what @param {AbortSignal} signal */
const once = (film, what, signal) => new Promise((done, no) => {
  film.addEventListener(what, done, { signal })
  film.addEventListener('error', no, { signal })
  signal.addEventListener('abort', no)
})
