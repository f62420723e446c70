// Search: by name, by type ("MatMul") and by the line of source ("train.py:12").

const MOST_FOUND = 40;

/** The nodes and scopes that a text means, best first. */
function search(graph, tree, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  const consider = (thing, name, score) => { if (score < 9) found.push({...thing, name, score}); };
  walk(tree.root, thing => {
    if (thing.kind === 'scope') consider({thing}, thing.path, closeness(thing.path.toLowerCase(), wanted));
  });
  for (let op = 0; op < graph.size; op++) {
    const name = graph.names[op], [frame] = graph.frames(op);
    let score = closeness(name.toLowerCase(), wanted);
    if (score === 9 && graph.type(op).toLowerCase() === wanted) score = 2;
    if (score === 9 && frame && `${frame[0]}:${frame[1]}`.toLowerCase() === wanted) score = 3;
    consider({op}, name, score);
  }
  found.sort((a, b) => a.score - b.score || a.name.length - b.name.length);
  return found.slice(0, MOST_FOUND);
}

/** 0 where a name is what was written, 9 where it has nothing to do with it. */
function closeness(name, wanted) {
  if (name === wanted) return 0;
  const at = name.lastIndexOf(wanted);
  if (at < 0) return 9;
  const begins = at === 0 || name[at - 1] === '/', ends = at + wanted.length === name.length;
  return begins && ends ? 1 : begins || ends ? 4 : 5;
}

class SearchBox {
  constructor(app) {
    this.app = app;
    this.at = -1;
    this.found = [];
    this.list = make('ul', {id: 'found', role: 'listbox', 'aria-label': 'found', hidden: true});
    this.input = make('input', {
      type: 'search', id: 'search', placeholder: 'Search names, types, lines', autocomplete: 'off',
      spellcheck: 'false', role: 'combobox', 'aria-label': 'search the graph',
      'aria-expanded': 'false', 'aria-controls': 'found',
      'aria-autocomplete': 'list', oninput: () => this.look(), onkeydown: event => this.key(event),
      onfocus: () => this.look(), onblur: () => this.close()});
    this.element = make('div', {class: 'search', role: 'search'}, this.input, this.list);
  }

  look() {
    this.found = search(this.app.graph, this.app.tree, this.input.value);
    this.at = this.found.length ? 0 : -1;
    this.list.hidden = !this.input.value.trim();
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    refill(this.list, this.found.length ? this.found.map((entry, i) => this.row(entry, i))
      : make('li', {class: 'nothing'}, 'nothing of that name'));
    this.point();
  }

  row({op, thing, name}, i) {
    return make('li', {role: 'option', id: `found-${i}`, onpointerdown: event => {
      event.preventDefault();                           // or the input would lose the focus, and the list close
      this.choose(i);
    }}, make('span', {class: 'name'}, clipped(name, 80)),
    make('span', {class: 'type'}, thing ? 'scope' : this.app.graph.type(op)));
  }

  point() {
    [...this.list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === this.at)));
    this.input.setAttribute('aria-activedescendant', this.at < 0 ? '' : `found-${this.at}`);
    if (this.at >= 0) this.list.children[this.at].scrollIntoView({block: 'nearest'});
  }

  key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && this.found.length) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.point();
    } else if (event.key === 'Enter' && this.at >= 0) this.choose(this.at);
    else if (event.key === 'Escape') this.input.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(i) {
    const {op, thing} = this.found[i];
    this.input.blur();
    if (thing) this.app.goToThing(thing);
    else this.app.goTo(op);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
  }
}
