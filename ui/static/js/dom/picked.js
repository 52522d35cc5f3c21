// Files as the browser hands them over: out of a drop or the clipboard, and the size of a picture before it is sent.

/** Folders can't be sent; they come without bytes. @param {DataTransfer | null} from @returns {{files: File[], folders: boolean}} */
export function filesOf(from) {
  const items = [...from?.items ?? []].filter((item) => item.kind === 'file')
  const folders = items.some((item) => item.webkitGetAsEntry?.()?.isDirectory)
  const files = items.length ? items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()) : [...from?.files ?? []]
  return { files: /** @type {File[]} */ (files.filter(Boolean)), folders }
}

/** Its address within this page, and for a picture its width and height. */
/** @param {Blob} blob @param {boolean} picture @returns {Promise<{url: string, width: number, height: number}>} */
export function peek(blob, picture) {
  const url = URL.createObjectURL(blob)
  if (!picture) return Promise.resolve({ url, width: 0, height: 0 })
  return new Promise((resolve) => {
    const img = new Image()
    img.onload = () => resolve({ url, width: img.naturalWidth, height: img.naturalHeight })
    img.onerror = () => resolve({ url, width: 0, height: 0 })
    img.src = url
  })
}
