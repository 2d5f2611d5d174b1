// the charts of a breaker: ten minutes, a value each second

import uPlot from './webjars/uplot/1.6.30/dist/uPlot.esm.js'

const SECONDS = 600

// calls by result, from the bottom of the stack; their places in a second of the stream
export const RESULTS = [
  { name: 'succeeded', place: 2, colour: '--closed' },
  { name: 'slow', place: 3, colour: '--slow' },
  { name: 'neither', place: 6, colour: '--quiet' },
  { name: 'failed', place: 4, colour: '--open' },
  { name: 'rejected', place: 5, colour: '--half' },
]
const STATE = 0
const ADMITTED = 1
const MILLIS = 7

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name)

const stepped = uPlot.paths.stepped({ align: -1 })

const axis = { stroke: () => colour('--quiet'), grid: { stroke: () => colour('--edge'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' }

function plot(box, series) {
  const chart = new uPlot({
    width: 300,
    height: 96,
    padding: [6, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { range: (u, min, max) => [max - SECONDS, max] }, y: { range: (u, min, max) => [0, Math.max(max * 1.1, 1)] } },
    axes: [{ ...axis, size: 20, space: 60, values: '{HH}:{mm}' }, { ...axis, size: 36, space: 24 }],
    series: [{}, ...series],
  }, undefined, box)
  new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: 96 })).observe(box)
  return chart
}

export class Charts {
  #times = []
  #seconds = []
  #calls
  #latency
  #timeline
  #boxes

  constructor(card) {
    this.#boxes = { calls: card.querySelector('.calls'), latency: card.querySelector('.latency') }
    this.#timeline = card.querySelector('.timeline')
    // the whole stack first, so that each lower part covers what belongs to it
    this.#calls = plot(this.#boxes.calls, RESULTS.map(result => ({
      paths: stepped, points: { show: false }, width: 0, fill: () => colour(result.colour),
    })).reverse())
    this.#latency = plot(this.#boxes.latency, [{
      points: { show: true, size: 2 }, width: 1.5, stroke: () => colour('--text'), // a second alone is a point
    }])
  }

  clear() {
    this.#times = []
    this.#seconds = []
  }

  add(at, second) {
    this.#times.push(at)
    this.#seconds.push(second)
    if (this.#times.length > SECONDS) {
      this.#times.shift()
      this.#seconds.shift()
    }
  }

  draw() {
    if (this.#times.length === 0) {
      return
    }
    const sums = this.#times.map(() => 0)
    const stack = RESULTS.map(({ place }) => this.#seconds.map((second, i) => sums[i] += second[place]))
    this.#calls.setData([this.#times, ...stack.reverse()])
    this.#latency.setData([this.#times, this.#seconds.map(second => second[MILLIS])])
    this.#drawTimeline()
    this.#describe()
  }

  // a column for each second, as high as the share that was admitted, in the colour of the state
  #drawTimeline() {
    const canvas = this.#timeline
    canvas.width = SECONDS
    const paint = canvas.getContext('2d')
    const colours = { CLOSED: colour('--closed'), HALF_OPEN: colour('--half'), OPEN: colour('--open'), OFF: colour('--quiet') }
    const end = this.#times.at(-1)
    this.#seconds.forEach((second, i) => {
      const x = SECONDS - 1 - (end - this.#times[i])
      const height = Math.max(2, canvas.height * second[ADMITTED] / 100)
      paint.fillStyle = colours[second[STATE]]
      paint.globalAlpha = 1
      paint.fillRect(x, canvas.height - height, 1, height)
      paint.globalAlpha = .3
      paint.fillRect(x, 0, 1, canvas.height)
    })
  }

  #describe() {
    const last = this.#seconds.at(-1)
    const spent = Object.entries({ CLOSED: 'closed', HALF_OPEN: 'half-open', OPEN: 'open', OFF: 'off' })
      .map(([state, word]) => [this.#seconds.filter(second => second[STATE] === state).length, word])
      .filter(([seconds]) => seconds > 0)
      .map(([seconds, word]) => `${word} for ${seconds} s`)
    this.#timeline.ariaLabel = `In the last ${this.#seconds.length} seconds: ${spent.join(', ')}`
    this.#boxes.calls.ariaLabel = 'In the last second: ' + RESULTS.map(({ name, place }) => `${last[place]} ${name}`).join(', ')
    this.#boxes.latency.ariaLabel = last[MILLIS] === null
      ? 'No calls in the last second'
      : `Calls of the last second took ${last[MILLIS]} ms on average`
  }
}
