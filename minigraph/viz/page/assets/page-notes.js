// Notes: a reader writes them on nodes and on the graph, and hands in the page with them, as one file.

class Notes {
  constructor(app, handed) {
    Object.assign(this, {app, name: '', whole: '', texts: new Map(), isUnsaved: false, handed});
    if (handed) {
      Object.assign(this, {name: handed.name, whole: handed.whole});
      for (const [graph, op, text] of handed.notes) this.texts.set(`${graph}:${op}`, text);
    }
    addEventListener('beforeunload', event => { if (this.isUnsaved) event.preventDefault(); });
  }

  keyOf(op) { return `${this.app.graphs.indexOf(this.app.graph)}:${op}`; }

  /** The notes as [graph, op, text]. */
  get all() {
    return [...this.texts].map(([key, text]) => [...key.split(':').map(Number), text]);
  }

  change(act) {
    act();
    this.isUnsaved = true;
    this.app.picture.paint();
  }

  write(op, text) {
    this.change(() => {
      if (text.trim()) this.texts.set(this.keyOf(op), text);
      else this.texts.delete(this.keyOf(op));
    });
  }

  /** How many nodes in a box have a note; a constant's counts where it is drawn. */
  countIn(thing) {
    const here = this.app.graphs.indexOf(this.app.graph);
    return this.all.filter(([graph, op]) => {
      const box = graph === here && this.app.thingOf(op);
      return box && isInside(box, thing);
    }).length;
  }

  /** Where the panel tells of a node: the note on it. */
  viewOf(op) {
    const text = this.texts.get(this.keyOf(op)) || '';
    const label = `note on ${this.app.graph.names[op]}`;
    return section('Note', area(label, text, now => this.write(op, now), {id: 'note'}),
      make('button', {class: 'link', type: 'button', id: 'all-notes', onclick: () => this.showAll()},
        'All notes, and to hand them in'));
  }

  /** Where nothing is selected: all notes, and the way to hand them in. */
  view() {
    const {app, all} = this;
    const name = make('input', {type: 'text', id: 'author', value: this.name, autocomplete: 'name',
                                spellcheck: 'false',
                                oninput: () => this.change(() => { this.name = name.value; })});
    const whole = area('note on the graph as a whole', this.whole, text => this.change(() => { this.whole = text; }),
      {id: 'note-whole', 'aria-labelledby': 'note-whole-label'});
    return make('section', {class: 'notes'},
      make('h3', {tabindex: '-1'}, all.length ? `Notes (${all.length})` : 'Notes'),
      all.length ? make('ul', {class: 'plain'}, all.map(note => this.entry(...note)))
        : make('p', {class: 'faint'}, 'Select a box to write a note on it.'),
      make('label', {class: 'field', id: 'note-whole-label', for: 'note-whole'}, 'On the graph as a whole'), whole,
      make('label', {class: 'field', for: 'author'}, 'Your name'), name,
      make('button', {type: 'button', class: 'quiet', id: 'hand-in', onclick: () => this.save()},
        'Save the page with these notes'),
      make('p', {class: 'faint'},
        'One file with the graph, the notes and this view, to be handed in. Nothing is sent.'));
  }

  /** In modes whose panel has other things to tell: the same, to be opened. */
  folded() {
    const ontoggle = () => { this.isOpen = element.open; };
    const element = make('details', {class: 'all-notes', open: this.isOpen, ontoggle},
      make('summary', {}, 'Notes, to be handed in'), this.view());
    return element;
  }

  showAll() {
    this.isOpen = true;
    this.app.select(null);
    const heading = this.app.content.querySelector('.notes h3');
    heading.scrollIntoView();
    heading.focus({preventScroll: true});
  }

  entry(graph, op, text) {
    return make('li', {class: 'note'}, linkInto(this.app, this.app.graphs[graph], op), make('p', {}, text));
  }

  /** Who handed the page in, on top of the panel. */
  banner() {
    if (!this.handed) return null;
    const {name, notes, whole} = this.handed, onWhole = whole.trim() ? ['one on the graph as a whole'] : [];
    const all = notes.length || !onWhole.length ? [amount(notes.length, 'note'), ...onWhole]
      : ['a note on the graph as a whole'];
    return make('p', {class: 'way-out', id: 'handed-in'},
      `Handed in by ${name.trim() || 'somebody without a name'}, with ${all.join(', and ')}.`);
  }

  save() {
    const {app, name, whole} = this;
    const handed = {name, whole, notes: this.all, view: viewOf(app)};
    const slug = name.trim().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
    const program = app.file.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_]+/gu, '-').replace(/^-+|-+$/g, '');
    download(`${program && `${program}-`}graph-${slug || 'with-notes'}.html`, pageWith(handed), 'text/html');
    this.isUnsaved = false;
    app.say('the page was saved with its notes');
  }
}

function area(label, text, act, properties) {
  const element = make('textarea', {rows: 2, 'aria-label': label, oninput: () => act(element.value),
                                    onkeydown: event => { if (event.key === 'Escape') element.blur(); },
                                    ...properties}, text);
  return element;
}

/** What a reader sees: which graph and mode, what is open, selected and in sight, and how far a run was stepped. */
function viewOf(app) {
  const {camera, modes} = app, open = [], hidden = [];
  app.graphs.forEach((graph, i) => walk(app.trees.get(graph).root, thing => {
    if (thing.isOpen) open.push([i, thing.id]);
    if (thing.isHidden) hidden.push([i, thing.id]);
  }));
  return {
    open, hidden, graph: app.graphs.indexOf(app.graph), mode: app.mode.name, op: app.selectedOp,
    thing: app.selected && app.selectedOp === null ? app.selected.id : null,
    theme: document.documentElement.dataset.theme,
    anchor: anchorOf(app), scale: camera.scale, finding: app.findings.all.indexOf(app.findings.chosen),
    run: modes.step.run ? modes.step.run.number : null, at: modes.step.at,
    race: [modes.race.left, modes.race.right].map(run => run ? run.number : null),
    fetches: [...modes.fetch.fetches], feeds: [...modes.fetch.feeds], moment: modes.compare.moment,
    lines: [...modes.compare.lines]};
}

/** Shows what another reader saw. */
function showView(app, view) {
  const {modes} = app, ids = pairs => new Set(pairs.map(String)), open = ids(view.open), hidden = ids(view.hidden);
  app.graphs.forEach((graph, i) => walk(app.trees.get(graph).root, thing => {
    const id = String([i, thing.id]);
    Object.assign(thing, {isOpen: thing.kind !== 'op' && open.has(id), isHidden: hidden.has(id)});
    forgetLayout(thing);
  }));
  const run = number => number === null ? undefined : app.runs[number];
  document.documentElement.dataset.theme = view.theme;
  Object.assign(modes.fetch, {fetches: new Set(view.fetches), feeds: new Set(view.feeds)});
  Object.assign(modes.step, {run: run(view.run) || null, at: view.at});
  [modes.race.left, modes.race.right] = view.race.map(run);
  Object.assign(modes.compare, {moment: view.moment, lines: new Set(view.lines)});
  app.mode = modes[view.mode];
  app.showGraph(app.graphs[view.graph]);
  if (app.mode.enter) app.mode.enter();
  app.findings.chosen = app.findings.all[view.finding] || null;
  app.findings.mark();
  app.selectedOp = view.op;
  app.selected = view.op !== null ? app.thingOf(view.op)
    : view.thing === null ? null : app.picture.seen.find(thing => thing.id === view.thing) || null;
  goToAnchor(app, view);
  app.refresh();
}

/** The box nearest to the middle of the canvas, and how far it is from there: on other screens things lie elsewhere. */
function anchorOf({camera, room, picture}) {
  const x = (room.width / 2 - camera.x) / camera.scale, y = (room.height / 2 - camera.y) / camera.scale;
  const away = picture.seen.filter(thing => !(thing.children && thing.isOpen)).map(thing => {
    const middle = centre(thing.place);
    return [thing.id, x - middle.x, y - middle.y];
  });
  return away.sort((a, b) => Math.hypot(a[1], a[2]) - Math.hypot(b[1], b[2]))[0] || null;
}

function goToAnchor({camera, room, picture}, {anchor, scale}) {
  const [id, across, down] = anchor || [], thing = picture.seen.find(each => each.id === id);
  if (!thing) return;
  const {x, y} = centre(thing.place);
  Object.assign(camera, {scale, x: room.width / 2 - (x + across) * scale, y: room.height / 2 - (y + down) * scale});
  camera.apply();
}

// The page as a file

const RAW = ['script', 'style', 'noscript'];

const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** This page, as it was before anything was drawn, with what is handed in: in its data, where no text is markup. */
function pageWith(handed) {
  const store = document.getElementById('graph-data');
  const data = JSON.stringify({...JSON.parse(store.textContent), handed})
    .replace(/[<>&\u2028\u2029]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const own = [...document.body.children].filter(element => RAW.includes(element.localName));
  const text = element => element === store ? data
    : RAW.includes(element.localName) ? element.textContent : escaped(element.textContent);
  const written = element => {
    const attributes = [...element.attributes].map(({name, value}) => ` ${name}="${escaped(value)}"`).join('');
    const begin = `<${element.localName}${attributes}>`;
    return element.localName === 'meta' ? begin : `${begin}${text(element)}</${element.localName}>`;
  };
  const {lang} = document.documentElement, {theme} = document.documentElement.dataset;
  return ['<!DOCTYPE html>', `<html lang="${escaped(lang)}" data-theme="${escaped(theme)}">`, '<head>',
          ...[...document.head.children].map(written), '</head>', '<body>', ...own.map(written), '</body>', '</html>',
          ''].join('\n');
}
