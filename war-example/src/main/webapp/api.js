// requests to the shop; each failure is an Error with a sentence

export async function request(method, path, body, authorization) {
  const response = await fetch('api/' + path, {
    method,
    signal: AbortSignal.timeout(5000),
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(authorization && { Authorization: authorization }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  await check(response)
  return response.status === 204 ? undefined : response.json()
}

async function check(response) {
  if (!response.ok) {
    const sentence = await reason(response)
    throw Object.assign(new Error(`${response.status} ${sentence}`), { reason: sentence })
  }
}

// the shop responds to errors with JSON; a server without the shop does not
async function reason(response) {
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  return isJson ? (await response.json()).error : response.statusText
}

// the messages of a stream of events, until it ends; not an EventSource, which keeps the reason of a refusal to itself,
// and gives up for good where a server responds that the shop is not there yet
export async function* messages(path, signal) {
  const response = await fetch('api/' + path, { headers: { Accept: 'text/event-stream' }, signal })
  await check(response)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const events = (text + part.value).split(/\r?\n\r?\n/)
    text = events.pop()
    yield* events.map(dataOf).filter(Boolean).map(data => JSON.parse(data))
  }
  throw new Error('the shop has ended the stream')
}

function dataOf(event) {
  return event.split(/\r?\n/).filter(line => line.startsWith('data:')).map(line => line.slice(5).trimStart()).join('\n')
}
