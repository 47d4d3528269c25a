/** The dashboard of the admin: asks for its figures every few seconds while somebody looks. */

const EVERY = 3_000; // ms
const section = document.getElementById('pulse');
const state = document.getElementById('pulse-state');

async function look() {
  try {
    const answer = await fetch(section.dataset.url, { headers: { Accept: 'application/json' }, redirect: 'error' });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    tell('');
  } catch {
    tell('These figures are old: the server does not answer, or you were logged out. Reload the page.');
  }
}

function show(figures) {
  for (const [name, text] of Object.entries(figures)) {
    const figure = section.querySelector(`[data-figure="${name}"]`);
    if (figure && figure.textContent !== text) figure.textContent = text;
  }
}

function tell(trouble) {
  section.classList.toggle('stale', trouble !== '');
  if (state.textContent !== trouble) state.textContent = trouble;
}

setInterval(() => document.hidden || look(), EVERY);
document.addEventListener('visibilitychange', () => document.hidden || look());
