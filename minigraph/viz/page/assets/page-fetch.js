// The fetch explorer: what a run would do, before anything runs.

class FetchMode {
  constructor(app) {
    Object.assign(this, {app, name: 'fetch', label: 'Fetch', fetches: new Set(), feeds: new Set(),
                         needed: new Set()});
  }

  enter() {
    const {graph} = this.app;
    if (!this.fetches.size && graph.size) this.fetches.add(this.usual());
    this.work();
  }

  /** Another graph comes. */
  forget() {
    this.fetches.clear();
    this.feeds.clear();
    this.needed = new Set();
  }

  /** What most programs fetch: the train op, else the loss, else what was made last. */
  usual() {
    const {graph} = this.app, all = [...graph.names.keys()];
    const last = role => all.filter(op => graph.role(op) === role).pop();
    return last('train_op') ?? last('loss') ?? all.filter(op => graph.role(op) !== 'init').pop() ?? graph.size - 1;
  }

  work() {
    this.needed = this.app.graph.needed([...this.fetches].filter(op => !this.feeds.has(op)), this.feeds);
  }

  change(set, op) {
    if (set.has(op)) set.delete(op);
    else set.add(op);
    this.work();
    this.app.refresh();
  }

  /** Begins anew with these fetches. */
  ask(...ops) {
    this.fetches = new Set(ops);
    this.app.setMode('fetch');
    this.work();
    this.app.refresh();
  }

  /** What the panel offers for a scope in other modes; a node offers the same for itself. */
  offer(thing) {
    return section('Ask', make('div', {class: 'buttons'}, make('button', {
      type: 'button', onclick: () => this.ask(...resultsIn(thing))}, 'What would fetching it run?')));
  }

  look(thing) {
    if (thing.kind === 'op') {
      if (this.feeds.has(thing.op)) return {state: 'fed', badge: 'fed'};
      if (this.fetches.has(thing.op)) return {state: 'fetched', badge: 'fetched'};
      return {state: this.needed.has(thing.op) ? 'on' : 'off'};
    }
    const ops = nodesIn(this.app.graph, thing), on = ops.filter(op => this.needed.has(op)).length;
    return {state: on ? 'on' : 'off', badge: on && on < ops.length ? `${on} of ${ops.length}` : ''};
  }

  lookAt({links}) {
    const runs = ({op}) => this.needed.has(op) && !this.feeds.has(op);
    return {state: links.some(({tail, head}) => runs(head) && (runs(tail) || this.feeds.has(tail.op))) ? 'on' : 'off'};
  }

  activate(op) {
    this.change(this.fetches, op);
  }

  nodeView(op) {
    const isOn = this.needed.has(op);
    const why = this.feeds.has(op) ? 'Its value is fed, so nothing before it needs to run.'
      : this.fetches.has(op) ? 'It is fetched.' : isOn ? 'It runs: a fetch needs it.'
      : 'It does not run: no fetch depends on it.';
    return section('In this run', make('p', {}, why), make('div', {class: 'buttons'},
      make('button', {type: 'button', 'aria-pressed': String(this.fetches.has(op)),
                      onclick: () => this.change(this.fetches, op)}, 'Fetch it'),
      make('button', {type: 'button', 'aria-pressed': String(this.feeds.has(op)),
                      onclick: () => this.change(this.feeds, op)}, 'Feed it')));
  }

  /** The same for a scope, whose results are fetched together. */
  scopeView(thing) {
    const results = resultsIn(thing), areOn = results.every(op => this.fetches.has(op));
    const change = () => {
      for (const op of results) if (this.fetches.has(op) === areOn) this.change(this.fetches, op);
    };
    const nodes = nodesIn(this.app.graph, thing), on = nodes.filter(op => this.needed.has(op)).length;
    const said = !on ? 'Nothing of it runs: no fetch depends on it.'
      : on === nodes.length ? 'All of it runs.'
      : `${on.toLocaleString('en')} of its ${amount(nodes.length, 'node')} would run.`;
    const ends = results.length === 1 ? 'The one node in it that no other node in it uses would be fetched.'
      : `The ${results.length.toLocaleString('en')} nodes in it that no other node in it uses would be fetched.`;
    return section('In this run', make('p', {}, said), make('p', {class: 'faint'}, ends), make('div', {
      class: 'buttons'},
      make('button', {type: 'button', 'aria-pressed': String(areOn), onclick: change}, 'Fetch it')));
  }

  chips(set) {
    const {app} = this;
    return make('ul', {class: 'chips'}, [...set].map(op => make('li', {}, linkTo(app, op), make('button', {
      type: 'button', class: 'remove', 'aria-label': `remove ${app.graph.names[op]}`,
      onclick: () => this.change(set, op)}, '×'))));
  }

  /** How many steps a recorded run of these fetches took, if there is one: fewer than it needed nodes. */
  stepsText() {
    const {graph, graphs, runs} = this.app, sorted = ops => String([...new Set(ops)].sort((a, b) => a - b));
    const isOf = run => !run.error && sorted(run.fetches.map(([op]) => op)) === sorted(this.fetches);
    const run = graph === graphs[0] && runs.find(isOf);
    const none = 'what is fed, or the same in each run, such as a constant, is none';
    return run ? `Run ${run.number + 1}, which fetched the same, took ${amount(run.size, 'step')}: ${none}.`
      : `A run may take fewer steps: ${none}.`;
  }

  panel() {
    const {app} = this, {graph} = app;
    const ops = [...this.needed].sort((a, b) => a - b);
    const missing = ops.filter(op => graph.mustFeed(op) && !this.feeds.has(op));
    const touched = ask => [...new Set(ops.flatMap(op => ask.call(graph, op)))];
    const list = found => listOf(found.map(op => linkTo(app, op)));
    return [
      make('h2', {}, 'What would run'),
      section('Fetches', this.fetches.size ? this.chips(this.fetches)
        : make('p', {class: 'faint'}, 'None yet: select a box or a scope and press “Fetch it”.')),
      this.feeds.size ? section('Feeds', this.chips(this.feeds)) : null,
      make('p', {class: 'figure', id: 'would-run'}, make('strong', {}, ops.length.toLocaleString('en')),
        ` of ${amount(graph.size, 'node')} would run`),
      make('div', {class: 'meter', 'aria-hidden': 'true'},
        make('span', {style: `width:${100 * ops.length / (graph.size || 1)}%`})),
      make('p', {class: 'faint', id: 'of-steps'}, this.stepsText()),
      section(missing.length ? 'Must be fed' : 'Nothing needs to be fed', missing.length ? list(missing) : null),
      ...[['Variables read', touched(graph.readsOf)], ['Variables written', touched(graph.writesOf)]].map(
        ([heading, found]) => found.length ? section(`${heading} (${found.length})`, list(found)) : null),
      make('details', {}, make('summary', {}, `${amount(ops.length, 'node')} in creation order`),
        listOf(ops.map(op => linkTo(app, op)), 30)),
    ];
  }
}

/** The results of a thing: the operations in it that nothing else in it uses. */
function resultsIn(thing) {
  const ops = opsIn(thing), results = ops.filter(({out}) => !out.some(({head}) => isInside(head, thing)));
  return results.map(({op}) => op);
}
