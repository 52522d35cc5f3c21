// Files as the browser hands them over: out of a drop or the clipboard, and the size of a picture before it is sent.

/** Folders can't be sent; they come without bytes. @param {DataTransfer | null} from @returns {{files: File[], folders: boolean}} */
export function filesOf(from) {
  const items = [...from?.items ?? []].filter((item) => item.kind === 'file')
  const folders = items.some((item) => item.webkitGetAsEntry?.()?.isDirectory)
  const files = items.length ? items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile()) : [...from?.files ?? []]
  return { files: /** @type {File[]} */ (files.filter(Boolean)), folders }
}

/** A picture's address within this page, width and height; no address for one that can't be drawn. @param {Blob} blob @returns {Promise<{url: string, width: number, height: number}>} */
export function peek(blob) {
  const url = URL.createObjectURL(blob)
  return new Promise((resolve) => {
    const img = new Image()
    img.onload = () => resolve({ url, width: img.naturalWidth, height: img.naturalHeight })
    img.onerror = () => {
      unpeek(url)
      resolve({ url: '', width: 0, height: 0 })
    }
    img.src = url
  })
}

/** @param {string} url */
export const unpeek = (url) => URL.revokeObjectURL(url)
