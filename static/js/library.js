/** The home page, the library and the playlists: builds what the page at hand needs. */
import './home.js';
import { listen } from './emitter.js';
import { bindAdd } from './library/add.js';
import { bindDelete } from './library/delete.js';
import { bindEdit } from './library/edit.js';
import { Items } from './library/items.js';
import { bindRows } from './library/rows.js';
import { Saver } from './library/save.js';
import { showLocalTimes } from './library/times.js';
import { copyField } from './ui/clipboard.js';

const part = (id) => document.getElementById(id);

if (part('save')) new Saver().bind();
showLocalTimes();
if (part('delete')) bindDelete(part('delete'));
for (const list of document.querySelectorAll('[data-rows]')) bindRows(list);
for (const form of document.querySelectorAll('[data-finder]')) {
  listen(form, 'change', ({ target }) => target.localName === 'select' && form.requestSubmit());
}
if (part('items-form')) {
  const items = new Items();
  items.bind();
  bindAdd(part('add'), (added, figures) => items.add(added, figures));
  bindEdit(part('edit'), part('edit-form'));
  part('share').open ||= location.hash === '#share';
}
if (part('share-copy')) {
  listen(part('share-copy'), 'click', async () => {
    part('share-copy').textContent = (await copyField(part('share-link'))) ? 'Copied' : 'Press Ctrl+C';
  });
}
