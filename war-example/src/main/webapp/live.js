// a worker that reads the stream of events, once for all pages of a browser: it has six connections to a server, and the
// streams of six pages would leave none for their knobs

import { messages } from './api.js'

const RETRY_MILLIS = 1000

const pages = new BroadcastChannel(self.name)

let stream = new AbortController()

// begins again for each page that comes, as the history is first
async function read() {
  stream.abort()
  const { signal } = stream = new AbortController()
  try {
    for await (const message of messages('live', signal)) {
      pages.postMessage(message)
    }
  } catch (error) {
    if (!signal.aborted) {
      pages.postMessage({ error: error.message })
      setTimeout(() => signal.aborted || read(), RETRY_MILLIS)
    }
  }
}

if ('SharedWorkerGlobalScope' in self) {
  self.addEventListener('connect', read)
} else {
  read()
}
