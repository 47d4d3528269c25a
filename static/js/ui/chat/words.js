/** What the chat says about itself; pure. */
import { factText } from '../company_words.js';

const CLOSED = { helpers: 'Only the host and helpers chat here', host: 'Only the host chats here' };

/** Returns why I may not write, or null where I may: `you` and `rules` are the server's messages, or null. */
export function closedText(you, rules) {
  if (!you || you.may.includes('chat')) return null;
  return you.muted ? 'You are muted' : CLOSED[rules?.chat] ?? 'You may not chat here';
}

/** Returns who may write here, and how fast. */
export function ruleText(rules) {
  if (!rules) return '';
  return factText(rules.slow && rules.chat === 'everyone' ? 'slow' : 'chat', rules);
}

/** Returns who is typing, as texts and people; `people` are [id, name]. */
export function typingParts(people) {
  const [one, two] = people.map(([, name]) => ({ name }));
  if (!one) return [];
  if (!two) return [one, ' is typing…'];
  return people.length === 2 ? [one, ' and ', two, ' are typing…'] : [one, ', ', two, ' and others are typing…'];
}
