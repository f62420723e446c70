// The keyboard.

const KEYS = [['/', 'search'], ['Tab', 'from box to box'], ['Enter', 'select a box; once more to open it'],
              ['← ↑ → ↓', 'to the nearest box that way; with a run, step'], ['Space', 'play a run'],
              ['Shift ← →', 'to the next box in a run'], ['Home End', 'first and last step'],
              ['+ −', 'nearer, farther'], ['0', 'all of the graph'],
              ['1 … 5', 'explore, fetch, step, race, compare'], ['Esc', 'deselect'],
              ['?', 'these keys']];

function listenToKeys(app) {
  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input:not([type=range]), select, textarea');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || app.help.open) return;
    if (pressed(app, event)) event.preventDefault();
  });
}

/** Does what a key asks for; gives whether it asked for anything. */
function pressed(app, event) {
  const {key} = event, mode = Object.values(app.modes)[Number(key) - 1];
  const acts = {
    '/': () => { app.searchBox.input.focus(); app.searchBox.input.select(); }, '?': () => app.help.showModal(),
    '+': () => app.camera.approach(1.25), '=': () => app.camera.approach(1.25), '-': () => app.camera.approach(0.8),
    '0': () => app.camera.fit(0, true),
    Escape: () => app.select(null)};
  if (acts[key]) acts[key]();
  else if (mode) app.setMode(mode.name);
  else if (app.mode === app.modes.step && app.mode.run) return stepped(app.mode, event);
  else return moved(app, key);
  return true;
}

function stepped(mode, {key, shiftKey, target}) {
  if (key === ' ' && target.closest('button, [role=button]')) return false;
  const direction = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[key];
  if (direction && shiftKey) mode.goToNextBox(direction);
  else if (direction) mode.go(mode.at + direction);
  else if (key === 'Home') mode.go(0);
  else if (key === 'End') mode.go(Infinity);
  else if (key === ' ') mode.play();
  else return false;
  return true;
}

/** Moves the focus to the nearest box in a direction. */
function moved(app, key) {
  const way = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]}[key];
  const focused = document.activeElement && document.activeElement.closest('.thing.box');
  if (!way || !focused) return false;
  const boxes = app.picture.seen.filter(thing => !(thing.children && thing.isOpen));
  const here = boxes.find(thing => thing.id === focused.dataset.id);
  if (!here) return false;
  const from = centre(here.place), distance = thing => {
    const to = centre(thing.place), along = (to.x - from.x) * way[0] + (to.y - from.y) * way[1];
    const across = Math.abs((to.x - from.x) * way[1]) + Math.abs((to.y - from.y) * way[0]);
    return along > 4 ? along + 2.5 * across : Infinity;
  };
  const next = boxes.reduce((best, thing) => distance(thing) < distance(best) ? thing : best, here);
  if (next === here) return true;
  app.picture.elements.get(next.id).focus({preventScroll: true});
  app.camera.bringIn(next.place);
  return true;
}

function helpView() {
  const closeOutside = event => { if (event.target === dialog) dialog.close(); };
  const dialog = make('dialog', {'aria-label': 'keys', onclick: closeOutside},
    make('h2', {}, 'Keys'), make('dl', {class: 'keys'}, KEYS.map(([key, act]) =>
      [make('dt', {}, key.split(' ').map(each => make('kbd', {}, each))), make('dd', {}, act)])),
    make('button', {type: 'button', class: 'main', onclick: () => dialog.close()}, 'Close'));
  return dialog;
}
