/** Builds build/static from static/: bundles of the page entries, one style sheet, the icon sprite, images. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = `${ROOT}build/static`;
const ICONS = [
  'arrow-clockwise',
  'arrow-counterclockwise',
  'check-lg',
  'copy',
  'film',
  'keyboard',
  'pause-fill',
  'pencil',
  'play-fill',
  'qr-code',
  'share',
  'star-fill',
  'trash3',
  'volume-mute-fill',
  'wifi-off',
  'x-lg',
  'youtube',
];
const TARGET = ['chrome123', 'firefox120', 'safari17.5']; // the first with light-dark(), which the colours need

async function symbol(name) {
  const svg = await readFile(`${ROOT}node_modules/bootstrap-icons/icons/${name}.svg`, 'utf8');
  const shapes = svg.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '');
  return `<symbol id="${name}" viewBox="0 0 16 16">${shapes}</symbol>`;
}

async function sprite() {
  const symbols = await Promise.all(ICONS.map(symbol));
  await writeFile(`${OUT}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}

function bundle(options) {
  return build({ bundle: true, minify: true, target: TARGET, legalComments: 'none', logLevel: 'warning', ...options });
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await Promise.all([
  bundle({
    entryPoints: ['room', 'home'].map((page) => `${ROOT}static/js/${page}.js`),
    outdir: `${OUT}/js`,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
  }),
  bundle({ entryPoints: [`${ROOT}static/css/main.css`], outdir: `${OUT}/css` }),
  cp(`${ROOT}static/img`, `${OUT}/img`, { recursive: true }),
  sprite(),
]);
