/** Builds build/static from static/: bundles of the page entries, one style sheet, the icon sprite, images; and scripts.json. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = `${ROOT}build/static`;
const ICONS = [
  'arrow-bar-up',
  'arrow-clockwise',
  'arrow-counterclockwise',
  'arrow-left-right',
  'at',
  'bell',
  'bell-fill',
  'bookmark',
  'bookmark-plus',
  'caret-up-fill',
  'chat-dots',
  'check-lg',
  'clock',
  'collection-play',
  'copy',
  'door-open-fill',
  'dpad',
  'dpad-fill',
  'emoji-heart-eyes',
  'emoji-smile',
  'film',
  'grip-vertical',
  'heart',
  'keyboard',
  'link-45deg',
  'mic-fill',
  'mic-mute-fill',
  'music-note-list',
  'pause-fill',
  'pencil',
  'person-raised-hand',
  'play-fill',
  'plus-lg',
  'qr-code',
  'repeat',
  'repeat-1',
  'reply',
  'search',
  'send-fill',
  'share',
  'shield-fill-check',
  'shield-slash',
  'shuffle',
  'skip-end-fill',
  'slash-circle',
  'star-fill',
  'star-half',
  'three-dots-vertical',
  'trash3',
  'volume-mute-fill',
  'wifi-off',
  'x-lg',
  'youtube',
];
const TARGET = ['chrome123', 'firefox125', 'safari17.5']; // the first with light-dark() and popovers

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

/** Returns the files that a browser needs for each of our modules that is a file of its own, by the module's name. */
function needed({ outputs }) {
  const imported = (path) => outputs[path].imports.filter(({ kind }) => kind === 'import-statement').map((one) => one.path);
  const files = (path) => [path, ...imported(path).flatMap(files)];
  const module = ({ entryPoint }) => /^static\/js\/(.+)\.js$/.exec(entryPoint)?.[1];
  const modules = Object.keys(outputs).filter((path) => module(outputs[path]));
  const below = (path) => path.replace('build/static/', '');
  return Object.fromEntries(modules.map((path) => [module(outputs[path]), [...new Set(files(path))].map(below)]));
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const [{ metafile }] = await Promise.all([
  bundle({
    entryPoints: ['room', 'home', 'library', 'admin'].map((page) => `${ROOT}static/js/${page}.js`),
    outdir: `${OUT}/js`,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    metafile: true,
    absWorkingDir: ROOT,
  }),
  bundle({ entryPoints: ['main', 'admin'].map((sheet) => `${ROOT}static/css/${sheet}.css`), outdir: `${OUT}/css` }),
  cp(`${ROOT}static/img`, `${OUT}/img`, { recursive: true }),
  cp(`${ROOT}node_modules/emoji-picker-element-data/en/emojibase/data.json`, `${OUT}/emoji/data.json`),
  sprite(),
]);
await writeFile(`${ROOT}build/scripts.json`, JSON.stringify(needed(metafile)));
