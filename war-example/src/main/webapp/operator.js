// who is signed in. Name and password stay in this page, and are sent with operations alone: no request of another page
// can have them

import { request } from './api.js'

const $ = id => document.getElementById(id)

let credentials
const listeners = []

/** Calls a listener now, and whenever an operator signs in or out, with the name or undefined. */
export function onOperator(listener) {
  listeners.push(listener)
  listener(undefined)
}

export function operate(path, body) {
  return request('POST', 'operator/' + path, body, credentials)
}

export function askForOperator() {
  $('sign-in').showModal()
}

function become(name) {
  listeners.forEach(listener => listener(name))
}

// a name of UTF-8, as the shop reads it
function basic(name, password) {
  return 'Basic ' + btoa(String.fromCharCode(...new TextEncoder().encode(`${name}:${password}`)))
}

$('sign-in-form').addEventListener('submit', async event => {
  event.preventDefault()
  const form = event.target
  const wanted = basic(form.elements.name.value, form.elements.password.value)
  const refusal = form.querySelector('.refusal')
  try {
    const { name } = await request('GET', 'operator', undefined, wanted)
    credentials = wanted
    refusal.textContent = ''
    form.reset()
    $('sign-in').close()
    become(name)
  } catch (error) {
    refusal.textContent = error.message
  }
})

$('sign-in-cancel').addEventListener('click', () => $('sign-in').close())

$('operator').addEventListener('click', () => {
  if (credentials) {
    credentials = undefined
    become(undefined)
  } else {
    askForOperator()
  }
})

onOperator(name => {
  $('operator').textContent = name ? `Sign out ${name}` : 'Sign in'
})
