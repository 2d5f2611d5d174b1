const POLL_MILLIS = 1000
const HISTORY = 60

const $ = id => document.getElementById(id)
const cards = new Map()

async function api(path, settings) {
  const response = await fetch('api/' + path, {
    signal: AbortSignal.timeout(5000),
    ...(settings && {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(settings),
    }),
  })
  if (!response.ok) {
    throw new Error(`${response.status} ${await reason(response)}`)
  }
  return response.json()
}

// the shop responds to errors with JSON; a server without the shop does not
async function reason(response) {
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json')
  return isJson ? (await response.json()).error : response.statusText
}

// errors are kept by kind of request, so that a successful poll does not hide a refused setting
const errors = new Map()

async function attempt(what, work) {
  try {
    await work()
    errors.delete(what)
  } catch (error) {
    errors.set(what, `${what}: ${error.message}`)
  }
  $('trouble').hidden = errors.size === 0
  $('trouble').textContent = [...errors.values()].join('; ')
}

function cardOf(name) {
  if (!cards.has(name)) {
    const card = $('card').content.firstElementChild.cloneNode(true)
    card.querySelector('.name').textContent = name
    cards.set(name, card)
    $('breakers').append(card)
  }
  return cards.get(name)
}

function show(breaker) {
  const card = cardOf(breaker.name)
  const write = (part, text) => { card.querySelector('.' + part).textContent = text }
  const state = breaker.enabled ? breaker.state : 'OFF'
  card.dataset.state = state
  write('word', state.replace('_', '-'))
  write('remaining', remaining(breaker))
  write('mode', 'Mode ' + breaker.mode + (breaker.modeReason ? ': ' + breaker.modeReason : ''))
  card.querySelector('.mode').toggleAttribute('data-override', breaker.mode !== 'AUTOMATIC')
  const judged = measure(breaker)
  write('measure', judged.text)
  const meter = card.querySelector('meter')
  meter.max = judged.threshold
  meter.value = Math.min(judged.measured, judged.threshold)
  meter.ariaLabel = judged.text
  write('successes', breaker.successes.toLocaleString('en'))
  write('failures', breaker.failures.toLocaleString('en'))
  write('rejected', breaker.rejected.toLocaleString('en'))
  write('trip', breaker.lastTrip ? 'Last opened by ' + breaker.lastTrip : '')
  remember(card.querySelector('.history'), state)
}

function remaining(breaker) {
  if (breaker.state !== 'OPEN') {
    return ''
  }
  if (breaker.tripOn === 'ADAPTIVE' && breaker.openRemainingMillis >= 0) {
    return 'a trial ' + (breaker.openRemainingMillis === 0 ? 'now' : `in ${Math.ceil(breaker.openRemainingMillis / 1000)} s`)
  }
  return breaker.openRemainingMillis < 0
    ? 'until the mode changes'
    : `${Math.ceil(breaker.openRemainingMillis / 1000)} s of ${breaker.openMillis / 1000} s left`
}

// what decides the next transition: the remaining time in OPEN, the trials, or how close the breaker is to opening
function measure(breaker) {
  if (!breaker.enabled) {
    return { measured: 0, threshold: 1, text: 'is off: every call passes, and none is counted' }
  }
  if (breaker.mode === 'FORCED_CLOSED') {
    return { measured: 0, threshold: 1, text: 'admits every call; nothing opens it' }
  }
  if ((breaker.tripOn === 'ADAPTIVE' && breaker.state !== 'CLOSED' && breaker.openRemainingMillis >= 0)
    || (breaker.admittedPercent > 0 && breaker.admittedPercent < 100)) {
    return { measured: breaker.admittedPercent, threshold: 100, text: breaker.admission }
  }
  if (breaker.state === 'OPEN') {
    return {
      measured: Math.abs(breaker.openRemainingMillis),
      threshold: breaker.openRemainingMillis < 0 ? 1 : breaker.openMillis,
      text: breaker.mode === 'OBSERVING' ? 'would reject every call, but only observes' : 'rejects every call',
    }
  }
  if (breaker.state === 'HALF_OPEN') {
    return {
      measured: 0,
      threshold: breaker.successThreshold,
      text: `tries a few calls: ${breaker.successThreshold === 1 ? '1 success closes' : `${breaker.successThreshold} successes close`} it, a failure opens it`,
    }
  }
  if (breaker.tripOn === 'CONSECUTIVE_FAILURES') {
    return {
      measured: breaker.consecutiveFailures,
      threshold: breaker.failureThreshold,
      text: `${breaker.consecutiveFailures} consecutive ${breaker.consecutiveFailures === 1 ? 'failure' : 'failures'}, opens at ${breaker.failureThreshold}`,
    }
  }
  const rate = breaker.failureRatePercent
  return {
    measured: rate ?? 0,
    threshold: breaker.failureRateThresholdPercent,
    text: (rate == null
      ? `${breaker.windowOutcomes} of at least ${breaker.minimumCalls} calls for a failure rate`
      : `${Math.round(rate)} % of the last ${breaker.windowOutcomes === 1 ? 'call' : `${breaker.windowOutcomes} calls`} failed`)
      + `, opens at ${breaker.failureRateThresholdPercent} %`,
  }
}

function remember(history, state) {
  const second = document.createElement('i')
  second.dataset.state = state
  history.append(second)
  if (history.childElementCount > HISTORY) {
    history.firstElementChild.remove()
  }
}

function summarise(breakers) {
  const open = breakers.filter(breaker => breaker.state !== 'CLOSED').length
  const off = breakers.filter(breaker => !breaker.enabled).length
  const text = (open === 0 ? `All ${breakers.length} closed` : `${open} of ${breakers.length} not closed`)
    + (off === 0 ? '' : `, ${off} off`)
  // written only if it changes, as screen readers read out each update
  if ($('summary').textContent !== text) {
    $('summary').textContent = text
  }
}

async function poll() {
  const what = 'Reading the breakers'
  await attempt(what, async () => {
    const breakers = await api('breakers')
    for (const [name, card] of cards) {
      if (!breakers.some(breaker => breaker.name === name)) {
        card.remove()
        cards.delete(name)
      }
    }
    breakers.forEach(show)
    summarise(breakers)
  })
  $('breakers').toggleAttribute('data-stale', errors.has(what))
  setTimeout(poll, POLL_MILLIS)
}

// says how far a node is with the changes that are stored
function changesOf(node) {
  const parts = [
    node.alive ? '' : `stopped, last seen ${node.secondsSinceHeartbeat} s ago`,
    node.behind === 0 ? 'up to date' : `${node.behind} behind`,
    node.waitingChanges === 0 ? '' : `${node.waitingChanges} not stored`,
    node.refused === 0 ? '' : `${node.refused} refused`,
  ]
  return parts.filter(Boolean).join(', ')
}

function nodeOf(node, own) {
  const item = $('node').content.firstElementChild.cloneNode(true)
  // the colours of breakers
  item.dataset.state = !node.alive ? 'OPEN' : node.breakers.length === 0 ? 'CLOSED' : 'HALF_OPEN'
  item.querySelector('.node-name').textContent = node.name === own ? `${node.name} (this page)` : node.name
  item.querySelector('.node-changes').textContent = changesOf(node)
  // those of a stopped node are not known
  item.querySelector('.node-breakers').textContent = node.alive ? node.breakers.join('\n') || 'All breakers closed' : ''
  return item
}

function itemOf(change) {
  const item = document.createElement('li')
  item.textContent = change
  return item
}

function showFleet(fleet) {
  $('fleet').hidden = false
  document.title = `Shop on ${fleet.node} \u2013 Switchgear`
  $('nodes').replaceChildren(...fleet.nodes.map(node => nodeOf(node, fleet.node)))
  $('changes').replaceChildren(...fleet.changes.map(itemOf))
  $('changes-title').hidden = fleet.changes.length === 0
  const problem = fleet.connection === 'connected' ? '' : fleet.connection
  if ($('connection').textContent !== problem) {
    $('connection').textContent = problem
  }
}

// separate from the breakers, which are shown while the database of the fleet is slow
async function pollFleet() {
  let inFleet = true
  await attempt('Reading the fleet', async () => {
    const fleet = await api('fleet')
    inFleet = fleet.node !== undefined
    if (inFleet) {
      showFleet(fleet)
    }
  })
  if (inFleet) {
    setTimeout(pollFleet, POLL_MILLIS)
  }
}

const sliders = {
  backend: [$('failurePercent'), $('latencyMillis')],
  traffic: [$('callsPerSecond')],
}

function label(slider) {
  slider.ariaValueText = `${slider.value} ${slider.dataset.unit}`
  slider.previousElementSibling.querySelector('output').textContent = slider.ariaValueText
}

// the last known values; sliders return to them when a change fails
const known = {}

function set(path, response) {
  // the sliders of the backends change all of them, and show one
  const settings = path === 'backend' ? response.users : response
  known[path] = response
  for (const slider of sliders[path]) {
    slider.value = settings[slider.id]
    label(slider)
  }
}

function send(path, settings) {
  return attempt(`Setting the ${path}`, async () => {
    try {
      set(path, await api(path, settings))
    } catch (error) {
      if (known[path]) {
        set(path, known[path])
      }
      throw error
    }
  })
}

for (const path of Object.keys(sliders)) {
  attempt(`Reading the ${path}`, async () => set(path, await api(path)))
  for (const slider of sliders[path]) {
    slider.addEventListener('input', () => label(slider))
    slider.addEventListener('change', () => send(path, { [slider.id]: Number(slider.value) }))
  }
}

$('break').addEventListener('click', () => send('backend', { failurePercent: 100 }))
$('repair').addEventListener('click', () =>
  send('backend', { failurePercent: 0, hanging: false, resetPercent: 0, capacity: 0 }))

poll()
pollFleet()
