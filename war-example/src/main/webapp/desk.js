// the dialog in which an operator works on one breaker, and others read its settings

import { request } from './api.js'
import { askForOperator, onOperator, operate } from './operator.js'

const $ = id => document.getElementById(id)

const fields = new Map()
let breaker

// made once, as all breakers have the same settings
const ready = request('GET', 'breakers/settings').then(settings => {
  $('setting-fields').append(...settings.map(fieldOf))
})

function fieldOf({ name, unit, description, values }) {
  const field = $('setting').content.firstElementChild.cloneNode(true)
  const input = document.createElement(values.length > 0 ? 'select' : 'input')
  input.append(...values.map(value => new Option(value)))
  input.id = 'setting-' + name
  input.setAttribute('aria-describedby', `about-${name} refusal-${name}`)
  field.querySelector('label').htmlFor = input.id
  field.querySelector('label').textContent = unit && !['milliseconds', 'percent'].includes(unit) ? `${name} (${unit})` : name
  field.querySelector('label').after(input)
  field.querySelector('.about').id = 'about-' + name
  field.querySelector('.refusal').id = 'refusal-' + name
  fields.set(name, { field, input, description })
  return field
}

export async function openDesk(chosen) {
  await ready
  breaker = undefined
  showDesk([chosen], chosen.name)
  $('desk').showModal()
}

/** Shows what has changed meanwhile. What the operator has typed stays. */
export function showDesk(breakers, name = breaker?.name) {
  const now = breakers.find(each => each.name === name)
  if (!now) {
    return
  }
  const before = breaker
  breaker = now
  $('desk-title').textContent = now.name
  $('desk-state').textContent = `${now.state.replace('_', '-')}, mode ${now.mode}`
  for (const [setting, { input, field, description }] of fields) {
    const value = String(now.settings[setting])
    if (!before || input.value === String(before.settings[setting])) {
      input.value = value
    }
    const tuned = now.tuned.find(each => each.name === setting)
    field.querySelector('.about').textContent = description
      + (tuned ? `. Configured ${tuned.configured}, changed by ${tuned.by}` : '')
    field.toggleAttribute('data-tuned', Boolean(tuned))
  }
  $('rehearsal').hidden = !now.rehearsal
  $('comparison').textContent = now.rehearsal
    ? `${now.rehearsal.changes || 'Settings as in force'}: would be ${now.rehearsal.state.replace('_', '-')}; ${now.rehearsal.comparison}`
    : ''
  if (!before) {
    refuse($('settings-form'), '')
    refuse($('mode-form'), '')
    $('mode-form').reset()
    $('mode-form').elements.mode.value = now.mode
  }
}

function changes() {
  return Object.fromEntries([...fields]
    .filter(([setting, { input }]) => input.value !== String(breaker.settings[setting]))
    .map(([setting, { input }]) => [setting, input.value]))
}

// each sentence at the field that it begins with, what is left below
function refuse(form, message) {
  let sentences = message ? message.split('; ') : []
  if (form === $('settings-form')) {
    for (const [setting, { field, input }] of fields) {
      const own = sentences.filter(sentence => sentence.startsWith(setting + ' '))
      field.querySelector('.refusal').textContent = own.join('; ')
      input.toggleAttribute('aria-invalid', own.length > 0)
      sentences = sentences.filter(sentence => !own.includes(sentence))
    }
  }
  form.querySelector('.refusal.rest').textContent = sentences.join('; ')
  form.querySelector('[aria-invalid]')?.focus()
}

async function run(form, operation, body = {}) {
  try {
    await operate(`${operation}?breaker=${encodeURIComponent(breaker.name)}`, body)
    refuse(form, '')
  } catch (error) {
    refuse(form, error.reason ?? error.message)
  }
}

for (const button of $('desk').querySelectorAll('[data-operation]')) {
  button.addEventListener('click', () => run(button.form, button.dataset.operation))
}

$('mode-form').addEventListener('submit', event => {
  event.preventDefault()
  const { mode, minutes, reason } = event.target.elements
  run(event.target, 'mode', {
    mode: mode.value,
    reason: reason.value,
    ...(minutes.value.trim() && { minutes: Number(minutes.value) }),
  })
})

$('settings-form').addEventListener('submit', event => {
  event.preventDefault()
  run(event.target, 'settings', changes())
})

$('rehearse').addEventListener('click', () => run($('settings-form'), 'rehearsal', changes()))
$('desk-close').addEventListener('click', () => $('desk').close())
$('desk-sign-in').addEventListener('click', askForOperator)

onOperator(name => {
  $('desk-guest').hidden = Boolean(name)
  $('desk-fields').disabled = !name
})
