// what went wrong, at the top of the page, until it goes well

const trouble = document.getElementById('trouble')

// kept by kind of request, so that a stream that goes on does not hide a refused setting
const errors = new Map()

export function report(what, error) {
  errors.set(what, `${what}: ${error.message}`)
  show()
}

export function settle(what) {
  if (errors.delete(what)) {
    show()
  }
}

function show() {
  trouble.hidden = errors.size === 0
  trouble.textContent = [...errors.values()].join('; ')
}

export async function attempt(what, work) {
  try {
    await work()
    settle(what)
  } catch (error) {
    report(what, error)
  }
}
