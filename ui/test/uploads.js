// A host that takes files, in a test's hands: breaks says which calls fail, in their order and how.

const STATUS = { rate: 429, locked: 423, conflict: 409, unavailable: 503, too_big: 413, storage_full: 507, unauthorized: 401, invalid: 422, not_found: 404 }

export class FakeUploads {
  files = new Map()
  calls = []
  breaks = []
  #n = 0
  text = (id) => Buffer.concat(this.files.get(id).parts).toString()
  meta = (id) => this.files.get(id).meta
  put(id, size, text) { this.files.set(id, { size, at: text.length, parts: [Buffer.from(text)], meta: {} }) }

  fetch = async (path, { method, headers, body, signal }) => {
    await Promise.resolve()
    const id = path.split('/').at(-1)
    const call = method === 'PATCH' ? `PATCH ${headers['Upload-Offset']}` : method
    this.calls.push(call)
    const broken = this.breaks.find((b) => b.startsWith(`${call} `))
    let how = ''
    if (broken) {
      this.breaks.splice(this.breaks.indexOf(broken), 1)
      how = broken.slice(call.length + 1)
    }
    if (how === 'held') await new Promise((_, no) => signal.addEventListener('abort', () => no(new Error('aborted'))))
    if (how === 'offline') throw new TypeError('no network')
    const [code, reason] = how.split(' ')
    if (how && how !== 'lost') return answer(STATUS[code], {}, method === 'HEAD' ? null : { error: { code, reason } })
    if (headers['Tus-Resumable'] !== '1.0.0') return answer(412)
    if (method === 'POST') {
      const meta = Object.fromEntries(headers['Upload-Metadata'].split(',').map((p) => p.split(' ')).map(([k, v]) => [k, Buffer.from(v, 'base64').toString()]))
      const name = `f${++this.#n}`
      this.files.set(name, { size: Number(headers['Upload-Length']), at: 0, parts: [], meta })
      return answer(201, { Location: `/api/files/${name}` })
    }
    const f = this.files.get(id)
    if (!f) return answer(404, {}, method === 'HEAD' ? null : { error: { code: 'not_found' } })
    if (method === 'DELETE') {
      this.files.delete(id)
      return answer(204)
    }
    if (method === 'PATCH') {
      if (Number(headers['Upload-Offset']) !== f.at) return answer(409, {}, { error: { code: 'conflict' } })
      f.parts.push(Buffer.from(body))
      f.at += body.byteLength
      if (how === 'lost') throw new TypeError('no network')
    }
    return answer(method === 'HEAD' ? 200 : 204, { 'Upload-Offset': String(f.at) })
  }
}

const answer = (status, headers = {}, body = null) => new Response(body && JSON.stringify(body), { status, headers })
