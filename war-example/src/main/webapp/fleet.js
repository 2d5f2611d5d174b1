// the nodes of a fleet; separate from the breakers, which are shown while the database of the fleet is slow

import { request } from './api.js'
import { attempt } from './trouble.js'

const POLL_MILLIS = 1000

const $ = id => document.getElementById(id)

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

export async function pollFleet() {
  let inFleet = true
  await attempt('Reading the fleet', async () => {
    const fleet = await request('GET', 'fleet')
    inFleet = fleet.node !== undefined
    if (inFleet) {
      showFleet(fleet)
    }
  })
  if (inFleet) {
    setTimeout(pollFleet, POLL_MILLIS)
  }
}
