// the tile of a breaker

import { Charts } from './charts.js'

const template = document.getElementById('card')

export class Tile {
  #card = template.content.firstElementChild.cloneNode(true)
  #charts

  #breaker

  /** @param choose called with the breaker when a visitor wants to work on it */
  constructor(name, choose) {
    this.#write('name', name)
    this.#charts = new Charts(this.#card)
    const button = this.#part('operate')
    button.ariaLabel = `Settings and mode of ${name}`
    button.addEventListener('click', () => choose(this.#breaker))
  }

  get element() {
    return this.#card
  }

  get charts() {
    return this.#charts
  }

  #part(part) {
    return this.#card.querySelector('.' + part)
  }

  #write(part, text) {
    const element = this.#part(part)
    if (element.textContent !== text) {
      element.textContent = text
    }
  }

  show(breaker) {
    this.#breaker = breaker
    const state = breaker.enabled ? breaker.state : 'OFF'
    this.#card.dataset.state = state
    this.#write('word', state.replace('_', '-'))
    this.#write('remaining', remaining(breaker))
    this.#write('mode', modeOf(breaker))
    this.#part('mode').toggleAttribute('data-override', breaker.mode !== 'AUTOMATIC')
    const judged = measure(breaker)
    this.#write('measure', judged.text)
    const meter = this.#card.querySelector('meter')
    meter.max = judged.threshold
    meter.value = Math.min(judged.measured, judged.threshold)
    meter.ariaLabel = judged.text
    this.#write('admitted', `${Math.round(breaker.admittedPercent)} %`)
    for (const total of ['successes', 'failures', 'rejected']) {
      this.#write(total, breaker[total].toLocaleString('en'))
    }
    this.#write('flight', String(breaker.callsInFlight) + (breaker.waitingCalls > 0 ? ` + ${breaker.waitingCalls} waiting` : ''))
    this.#write('hung', String(breaker.hungCalls))
    this.#part('hung').toggleAttribute('data-some', breaker.hungCalls > 0)
    this.#part('tuned').replaceChildren(...breaker.tuned.map(tunedOf))
    this.#write('rehearsal', rehearsalOf(breaker.rehearsal))
    this.#write('trip', breaker.lastTrip ? 'Last opened by ' + breaker.lastTrip : '')
  }
}

function modeOf(breaker) {
  return 'Mode ' + breaker.mode
    + (breaker.modeUntil ? ' until ' + new Date(breaker.modeUntil).toLocaleTimeString() : '')
    + (breaker.modeReason ? ': ' + breaker.modeReason : '')
}

function tunedOf(setting) {
  const item = document.createElement('li')
  item.textContent = `${setting.name} ${setting.value} (configured ${setting.configured}), by ${setting.by}`
  return item
}

function rehearsalOf(rehearsal) {
  return rehearsal
    ? `Rehearsal by ${rehearsal.by}, ${rehearsal.changes || 'of the settings in force'}: would be ${rehearsal.state.replace('_', '-')}; ${rehearsal.comparison}`
    : ''
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

