// the page: the messages of the shop, and a tile for each breaker in them

import { RESULTS } from './charts.js'
import { readControls } from './controls.js'
import { openDesk, showDesk } from './desk.js'
import { pollFleet } from './fleet.js'
import { Tile } from './tile.js'
import { report, settle } from './trouble.js'

// a message comes each second
const SILENCE_MILLIS = 5000

const $ = id => document.getElementById(id)
const tiles = new Map()

function tileOf(name) {
  if (!tiles.has(name)) {
    const tile = new Tile(name, openDesk)
    tiles.set(name, tile)
    $('breakers').append(tile.element)
  }
  return tiles.get(name)
}

function showBreakers(breakers) {
  for (const [name, tile] of tiles) {
    if (!breakers.some(breaker => breaker.name === name)) {
      tile.element.remove()
      tiles.delete(name)
    }
  }
  breakers.forEach(breaker => tileOf(breaker.name).show(breaker))
  showDesk(breakers)
  summarise(breakers)
}

function addSecond(second) {
  for (const [name, measured] of Object.entries(second.breakers)) {
    tiles.get(name)?.charts.add(second.at, measured)
  }
}

// charts that move each second are too much for some
const calm = matchMedia('(prefers-reduced-motion: reduce)')
const CALM_SECONDS = 10

function draw() {
  tiles.forEach(tile => tile.charts.draw())
}

function receive({ breakers, second, history }) {
  showBreakers(breakers)
  if (history) {
    tiles.forEach(tile => tile.charts.clear())
    history.forEach(addSecond)
    draw()
  }
  if (second) {
    addSecond(second)
    if (!calm.matches || second.at % CALM_SECONDS === 0) {
      draw()
    }
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

const READING = 'Reading the breakers'
let alarm

function hear(message) {
  listen()
  if (message.error) {
    lose(message.error)
    return
  }
  receive(message)
  if (message.history) {
    // the shop may have been deployed again
    readControls()
    settle(READING)
    $('breakers').removeAttribute('data-stale')
  }
}

function lose(error) {
  report(READING, new Error(error))
  $('breakers').setAttribute('data-stale', '')
}

function listen() {
  clearTimeout(alarm)
  alarm = setTimeout(() => {
    lose('the shop has fallen silent')
    connect()
  }, SILENCE_MILLIS)
}

// a browser without shared workers has a worker for each page
const isShared = 'SharedWorker' in window
const script = new URL('live.js', location).href
const name = isShared ? script : `${script} ${Math.random()}`
let worker

function connect() {
  worker?.terminate?.()
  worker = new (isShared ? SharedWorker : Worker)(script, { type: 'module', name })
  listen()
}

new BroadcastChannel(name).addEventListener('message', ({ data }) => hear(data))

$('legend').append(...RESULTS.map(result => {
  const item = document.createElement('li')
  item.className = result.name
  item.textContent = result.name
  return item
}))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)

connect()
pollFleet()
