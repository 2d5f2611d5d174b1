// what visitors may do: to the backend of each service, and to the traffic

import { request } from './api.js'
import { attempt } from './trouble.js'

const $ = id => document.getElementById(id)

const FAILURES = { name: 'failurePercent', text: 'Calls that fail', unit: '%', max: 100, step: 1 }
const LATENCY = { name: 'latencyMillis', text: 'Latency', unit: 'ms', max: 2000, step: 10 }
const RESETS = { name: 'resetPercent', text: 'Connections reset', unit: '%', max: 100, step: 1 }
const CAPACITY = { name: 'capacity', text: 'Capacity', unit: 'calls at a time', max: 20, step: 1, zero: 'no limit' }
const HANGING = { name: 'hanging', text: 'Calls hang' }
const TRAFFIC = { name: 'callsPerSecond', text: 'Traffic', unit: 'calls/s', max: 50, step: 1 }

const BROKEN = { failurePercent: 100 }
const REPAIRED = { failurePercent: 0, hanging: false, resetPercent: 0, capacity: 0 }

// a slider, or a checkbox for a knob without a maximum; calls change with the value that a visitor has chosen
class Knob {
  #input = document.createElement('input')
  // not an output, which a label would belong to instead of the input
  #value = document.createElement('strong')
  #knob
  element = document.createElement('label')

  constructor(knob, change) {
    this.#knob = knob
    const isSlider = knob.max !== undefined
    Object.assign(this.#input, isSlider
      ? { type: 'range', min: 0, max: knob.max, step: knob.step, name: knob.name }
      : { type: 'checkbox', name: knob.name })
    const line = document.createElement('span')
    line.append(knob.text, ' ', this.#value)
    this.element.append(line, this.#input)
    this.#input.addEventListener('input', () => this.#label())
    this.#input.addEventListener('change', () => change({ [knob.name]: this.#chosen }))
  }

  get #chosen() {
    return this.#input.type === 'checkbox' ? this.#input.checked : Number(this.#input.value)
  }

  show(value) {
    if (this.#input.type === 'checkbox') {
      this.#input.checked = value
    } else {
      this.#input.value = value
      this.#label()
    }
  }

  #label() {
    if (this.#input.type === 'range') {
      const { unit, zero } = this.#knob
      this.#input.ariaValueText = this.#chosen === 0 && zero ? zero : `${this.#chosen} ${unit}`
      this.#value.textContent = this.#input.ariaValueText
    }
  }
}

// knobs for one path; after a failure they return to the last known values
class Knobs {
  #path
  #knobs
  #known
  #shown

  constructor(path, box, knobs, shown = () => {}) {
    this.#path = path
    this.#shown = shown
    this.#knobs = new Map(knobs.map(knob => [knob.name, new Knob(knob, change => this.#send(change))]))
    box.append(...[...this.#knobs.values()].map(knob => knob.element))
  }

  show(values) {
    this.#known = values
    this.#knobs.forEach((knob, name) => knob.show(values[name]))
    this.#shown(values)
  }

  #send(change) {
    return attempt(`Setting ${this.#path}`, async () => {
      try {
        this.show(await request('PUT', this.#path, change))
      } catch (error) {
        if (this.#known) {
          this.show(this.#known)
        }
        throw error
      }
    })
  }
}

function inWords({ failurePercent, resetPercent, latencyMillis, hanging, capacity }) {
  return [
    hanging && 'hangs',
    failurePercent > 0 && `${failurePercent} % fail`,
    resetPercent > 0 && `${resetPercent} % reset`,
    capacity > 0 && `${capacity} at a time`,
    `${latencyMillis} ms`,
  ].filter(Boolean).join(', ')
}

const backends = new Map()

function backendOf(service) {
  if (!backends.has(service)) {
    const box = $('backend').content.firstElementChild.cloneNode(true)
    box.querySelector('.service').textContent = service
    $('backends').append(box)
    backends.set(service, new Knobs(`backend/${service}`, box, [HANGING, FAILURES, LATENCY, RESETS, CAPACITY],
      conditions => { box.querySelector('.conditions').textContent = inWords(conditions) }))
  }
  return backends.get(service)
}

function showBackends(conditions) {
  Object.entries(conditions).forEach(([service, values]) => backendOf(service).show(values))
}

function changeAll(change) {
  return attempt('Setting the backends', async () => showBackends(await request('PUT', 'backend', change)))
}

const traffic = new Knobs('traffic', $('traffic'), [TRAFFIC])

export function readControls() {
  attempt('Reading the backends', async () => showBackends(await request('GET', 'backend')))
  attempt('Reading the traffic', async () => traffic.show(await request('GET', 'traffic')))
}

$('break').addEventListener('click', () => changeAll(BROKEN))
$('repair').addEventListener('click', () => changeAll(REPAIRED))
