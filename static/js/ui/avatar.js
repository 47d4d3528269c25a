/** A person's picture: their initials on two shapes that follow from the user id, so that equal initials differ. */
import { initials } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const SIZE = 40; // units of the picture's own coordinates
const OUTER = 18.6; // mean radii
const INNER = [11.5, 13, 14.5];
const LOBES = [4, 5, 6, 7, 8, 9, 11];
const TURNS = 4; // steps of rotation between one lobe and the next

/** Returns the two shapes of a user, outer and inner: {radius, lobes, depth (share of the radius), turn (degrees)}. */
export function shapesOf(id) {
  let rest = mixed(id);
  const pick = (choices) => {
    const choice = choices[rest % choices.length];
    rest = Math.floor(rest / choices.length);
    return choice;
  };
  const shape = (radius) => {
    const lobes = pick(LOBES);
    return { radius, lobes, depth: 0.26 / Math.sqrt(lobes), turn: (pick([0, 1, 2, 3]) * 360) / lobes / TURNS };
  };
  return [shape(OUTER), shape(pick(INNER))];
}

/** Returns the outline of a shape as path data: soft waves around a circle. */
export function outline({ radius, lobes, depth, turn }) {
  const corners = Array.from({ length: lobes * 2 }, (_, i) =>
    point(turn + (i * 180) / lobes, radius * (i % 2 ? 1 - depth : 1 + depth)),
  );
  const middles = corners.map((corner, i) => between(corner, corners[(i + 1) % corners.length]));
  const curves = corners.map((corner, i) => `Q${pair(corner)} ${pair(middles[i])}`);
  return `M${pair(middles.at(-1))}${curves.join('')}Z`;
}

/** Returns a new picture of a person {id, name, color}; the name stands beside it for those who cannot see it. */
export function avatarOf({ id = 0, name, color }) {
  const picture = element('svg', { class: 'face', viewBox: `0 0 ${SIZE} ${SIZE}`, 'aria-hidden': 'true' });
  picture.dataset.color = color;
  const [ground, heart] = shapesOf(id).map(outline);
  const text = element('text', { x: SIZE / 2, y: SIZE / 2 });
  text.textContent = initials(name);
  const paths = [['face-ground', ground], ['face-heart', heart]].map(([name, d]) => element('path', { class: name, d }));
  picture.append(...paths, text);
  return picture;
}

/** Spreads ids that follow each other over 32 bits. */
function mixed(id) {
  let bits = Math.imul(id ^ (id >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function point(degrees, radius) {
  const angle = (degrees * Math.PI) / 180;
  return [SIZE / 2 + radius * Math.cos(angle), SIZE / 2 + radius * Math.sin(angle)];
}

const between = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
const round = (number) => Math.round(number * 10) / 10;
const pair = ([x, y]) => `${round(x)} ${round(y)}`;

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
