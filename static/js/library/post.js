/** Changes and questions sent from the library's pages; every answer is {ok, body}, and a failure has a sentence. */

const UNREACHABLE = 'That could not be saved. Check your connection and try again.';
const JSON_PLEASE = { Accept: 'application/json' };

/** Sends fields (an object or FormData) to a URL. */
export function post(url, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  body.set('csrfmiddlewaretoken', document.querySelector('[name=csrfmiddlewaretoken]').value);
  return answer(fetch(url, { method: 'POST', body, headers: JSON_PLEASE }));
}

/** Asks a URL for JSON. */
export function ask(url) {
  return answer(fetch(url, { headers: JSON_PLEASE }));
}

async function answer(sent) {
  try {
    const response = await sent;
    const body = await response.json();
    return { ok: response.ok, body: response.ok ? body : { error: body.error ?? UNREACHABLE } };
  } catch {
    return { ok: false, body: { error: UNREACHABLE } };
  }
}
