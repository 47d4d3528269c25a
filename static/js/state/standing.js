/** What each person is in the room, in which order they stand, and what I may do with whom; pure. */

/** Returns people in order: me, the host, helpers, the others as they arrived. */
export function inOrder(people, { me, owner, rules }) {
  const helpers = new Set(rules?.helpers);
  const rank = ({ id }) => [id === me, id === owner, helpers.has(id), true].indexOf(true);
  return [...people].sort((a, b) => rank(a) - rank(b)); // stable: equals stay in order of arrival
}

/** Returns the marks of a person's row: you, host, acting, helper, remote, muted, asks. */
export function marksOf(id, { me, owner, rules, asks }) {
  const marks = {
    you: id === me,
    host: id === owner,
    acting: rules?.acting === id,
    helper: rules?.helpers.includes(id),
    remote: id !== owner && rules?.remotes.includes(id),
    muted: rules?.muted.includes(id),
    asks: asks.some((one) => one.id === id),
  };
  return Object.keys(marks).filter((name) => marks[name]);
}

/** Returns the kinds of acts that I may do on a person: none on myself or the host, none of a helper on a helper. */
export function choicesFor(id, company) {
  const { me, owner, rules, you } = company;
  const peer = you?.role === 'helper' && rules?.helpers.includes(id);
  if (!you || !rules || id === me || id === owner || peer) return [];
  const may = (word) => you.may.includes(word);
  return [
    ...(may('grant') ? remoteChoices(id, rules) : []),
    ...(may('rules') ? [rules.helpers.includes(id) ? 'unhelper' : 'helper'] : []),
    ...(may('chat') ? ['mention'] : []),
    ...(may('moderate') ? [rules.muted.includes(id) ? 'unmute' : 'mute', 'kick', 'ban'] : []),
  ];
}

function remoteChoices(id, { control, remotes, helpers }) {
  if (remotes.includes(id)) return ['take'];
  const hasIt = control === 'everyone' || (control === 'helpers' && helpers.includes(id));
  return hasIt ? [] : ['grant-now', 'grant-good'];
}

/** Returns 'given' or 'taken' where new rules changed whether I have the remote, else null. */
export function remoteNews(before, after, me) {
  if (!before || !after || after.control === 'everyone') return null;
  const [had, has] = [before, after].map(({ remotes }) => remotes.includes(me));
  if (had === has) return null;
  return has ? 'given' : 'taken';
}
