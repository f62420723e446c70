// Search: by name, by type ("MatMul"), by the line of source ("train.py:12"), and by a regular expression in slashes
// ("/layer[0-9]+.kernel$/") that any of the three matches.

const MOST_FOUND = 40;

/** The nodes and scopes that a text means, best first. */
function search(graph, tree, text) {
  const wanted = text.trim().toLowerCase(), pattern = patternOf(text);
  if (!wanted) return [];
  const closeness = pattern ? name => pattern.test(name) ? 4 : 9 : name => closenessOf(name.toLowerCase(), wanted);
  const isMeant = pattern ? other => pattern.test(other) : other => other.toLowerCase() === wanted;
  const found = [];
  const consider = (thing, name, score) => { if (score < 9) found.push({...thing, name, score}); };
  walk(tree.root, thing => {
    if (thing.kind === 'scope') consider({thing}, thing.path, closeness(thing.path));
  });
  for (let op = 0; op < graph.size; op++) {
    const name = graph.names[op], [frame] = graph.frames(op);
    let score = closeness(name);
    if (score === 9 && isMeant(graph.type(op))) score = 2;
    if (score === 9 && frame && isMeant(`${frame[0]}:${frame[1]}`)) score = 3;
    consider({op}, name, score);
  }
  found.sort((a, b) => a.score - b.score || a.name.length - b.name.length);
  return found.slice(0, MOST_FOUND);
}

/** The regular expression that a text in slashes is, blind to case; null if it is none. May throw a SyntaxError. */
function patternOf(text) {
  const found = /^\/(.+)\/$/.exec(text.trim());
  return found && new RegExp(found[1], 'i');
}

/** 0 where a name is what was written, 9 where it has nothing to do with it. */
function closenessOf(name, wanted) {
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
    const isSmall = matchMedia('(max-width: 720px)').matches;           // there is room for a word only
    this.list = make('ul', {id: 'found', role: 'listbox', 'aria-label': 'search results', hidden: true});
    this.input = make('input', {
      type: 'search', id: 'search', placeholder: isSmall ? 'Search' : 'Search names, types, lines, /regex/',
      autocomplete: 'off', spellcheck: 'false', role: 'combobox', 'aria-label': 'search the graph',
      'aria-expanded': 'false', 'aria-controls': 'found',
      'aria-autocomplete': 'list', oninput: () => this.look(), onkeydown: event => this.key(event),
      onfocus: () => this.look(), onblur: () => this.close()});
    this.element = make('div', {class: 'search', role: 'search'}, this.input, this.list);
  }

  look() {
    let complaint = 'no such name';
    try {
      this.found = search(this.app.graph, this.app.tree, this.input.value);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.found = [];
      complaint = error.message;
    }
    this.at = this.found.length ? 0 : -1;
    this.list.hidden = !this.input.value.trim();
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    refill(this.list, this.found.length ? this.found.map((entry, i) => this.row(entry, i))
      : make('li', {class: 'nothing'}, complaint));
    this.point();
  }

  row({op, thing, name}, i) {
    return make('li', {role: 'option', id: `found-${i}`, onpointerdown: event => {
      event.preventDefault();                           // or the input would lose the focus, and the list close
      this.choose(i);
    }}, make('span', {class: 'name'}, name),
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
