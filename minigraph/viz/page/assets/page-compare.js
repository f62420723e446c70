// Comparing: two graphs by their names, or the graph with itself as it was earlier.

class CompareMode {
  constructor(app) {
    Object.assign(this, {app, name: 'compare', label: 'Compare', lines: new Set()});
  }

  get two() { return this.app.other !== null; }

  enter() {
    if (this.moment === undefined) this.moment = this.app.graph.size;
  }

  /** What became of a node: "added", "removed", "changed", "later" (not yet made at the moment) or "same". */
  ownStatusOf(op) { return this.two ? this.statuses().get(op) || 'same' : this.statusOf(op); }

  /** The same as its box is marked. */
  statusOf(op) {
    if (this.two) return this.marks().get(op) || 'same';
    if (op >= this.moment) return 'later';
    const isNew = this.app.since !== null && op >= this.app.since;
    return isNew || this.lines.has(this.lineOf(op)) ? 'added' : 'same';
  }

  /** For the graph that is shown, what differs from the other one; worked out once for each. */
  statuses(shown = this.app.graph) {
    const {app} = this, isEarlier = shown === app.other;
    const other = isEarlier ? app.graphs[0] : app.other;
    if (!shown.differences) {
      shown.differences = new Map();
      for (let op = 0; op < shown.size; op++) {
        const there = other.numbers.get(shown.names[op]);
        if (there === undefined) shown.differences.set(op, isEarlier ? 'removed' : 'added');
        else if (signature(shown, op) !== signature(other, there)) shown.differences.set(op, 'changed');
      }
    }
    return shown.differences;
  }

  /** The same as it is drawn: where a constant without a box differs, the box that takes it has changed. */
  marks() {
    const {graph} = this.app, differences = this.statuses();
    if (!graph.marks) {
      graph.marks = new Map(differences);
      for (const op of differences.keys()) {
        const home = graph.homes[op];
        if (home >= 0 && !graph.marks.has(home)) graph.marks.set(home, 'changed');
      }
    }
    return graph.marks;
  }

  lineOf(op) {
    const [frame] = this.app.graph.frames(op);
    return frame ? `${frame[0]}:${frame[1]}` : '';
  }

  look(thing) {
    const {graph} = this.app, isOne = thing.kind === 'op', drawn = isOne ? [thing] : opsIn(thing);
    const found = grouped(drawn, each => this.statusOf(each.op));
    const told = grouped(nodesIn(graph, thing), op => this.ownStatusOf(op));
    const count = status => (told.get(status) || []).length;
    const badge = [['added', '+'], ['removed', '−'], ['changed', '≠']].filter(([status]) => count(status))
      .map(([status, sign]) => isOne && count(status) === 1 ? sign : sign + count(status)).join(' ');
    const rest = found.has('later') && found.size === 1 ? 'later' : 'same';
    const state = ['added', 'removed', 'changed'].find(status => found.has(status)) || rest;
    return {state, badge};
  }

  lookAt({links}) {
    const status = link => [link.tail, link.head].map(end => this.statusOf(end.op));
    const all = links.map(status).filter(pair => !pair.includes('later'));      // an arrow comes with its second end
    const state = ['added', 'removed'].find(each => all.some(pair => pair.includes(each)));
    return {state: state || (all.length ? 'same' : 'later')};
  }

  panel() {
    return this.two ? this.twoGraphs() : this.moments();
  }

  twoGraphs() {
    const {app} = this, found = grouped([...this.statuses()], ([, status]) => status), why = this.whyNothing();
    const choice = (graph, words) => make('button', {type: 'button', 'aria-pressed': String(app.graph === graph),
                                                     onclick: () => app.showGraph(graph)}, words);
    const list = (status, heading) => found.has(status) ? section(`${heading} (${found.get(status).length})`,
      listOf(found.get(status).map(([op]) => make('span', {class: `status ${status}`}, linkTo(app, op))), 12)) : null;
    return [
      make('h2', {}, 'Two graphs'),
      make('div', {class: 'buttons joined', role: 'group', 'aria-label': 'which graph'},
        choice(app.other, `Before · ${app.other.size}`),
        choice(app.graphs[0], `After · ${app.graphs[0].size}`)),
      why ? make('p', {id: 'why-nothing'}, why) : null,
      list('added', 'Added'), list('removed', 'Removed'), list('changed', 'Changed'),
    ];
  }

  /** Why no box of the graph that is shown is marked; null if some are. */
  whyNothing() {
    const {app} = this, {since, graph} = app;
    if (this.two) {
      if ([...this.marks().keys()].some(op => app.tree.ops.has(op))) return null;
      if (this.marks().size) return 'Nothing is marked: the nodes that differ have no box. They are listed below.';
      const isEarlier = graph === app.other, other = isEarlier ? app.graphs[0] : app.other;
      const there = this.statuses(other).size, are = `${amount(there, 'node')} ${there === 1 ? 'is' : 'are'}`;
      return there ? `Nothing is marked here: ${are} only in the graph ${isEarlier ? 'after' : 'before'}.`
        : 'Nothing is marked: the two graphs have the same nodes, with the same types, attributes, shapes and inputs.';
    }
    if (this.lines.size || since !== null && since < Math.min(this.moment, graph.size)) return null;
    if (since !== null && since < graph.size) return 'Nothing is marked: at this moment none of the new nodes exists.';
    if (since !== null) return `Nothing is marked: no node was added since the graph had ${amount(since, 'node')}.`;
    return 'Nothing is marked: this page was made of one graph, with nothing to compare it with. Move the slider to ' +
      'see the graph grow, or press a line below to see what it added. To compare two graphs: ' +
      'tf.viz.page(graph, since=other).';
  }

  /** One graph: as it was when it had fewer nodes, and what each line of source added. */
  moments() {
    const {app} = this, {graph} = app;
    const lines = grouped([...graph.names.keys()], op => this.lineOf(op));
    lines.delete('');
    const most = [...lines.values()].reduce((longest, ops) => Math.max(longest, ops.length), 1);
    const slider = make('input', {type: 'range', min: 0, max: graph.size, value: this.moment, id: 'moment',
                                  'aria-label': 'number of nodes', oninput: () => {
                                    this.moment = Number(slider.value);
                                    told.textContent = this.momentText();
                                    why.textContent = this.whyNothing() || '';
                                    app.picture.paint();
                                  }});
    const why = make('p', {class: 'faint', id: 'why-nothing'}, this.whyNothing() || '');
    const told = make('p', {class: 'figure'}, this.momentText());
    return [
      make('h2', {}, 'How the graph grew'), why,
      section('Moment', slider, told),
      section('What each line added', lines.size
        ? make('ul', {class: 'source-lines'}, [...lines].map(
          ([line, ops]) => this.lineRow(line, ops, ops.length / most)))
        : make('p', {class: 'faint'}, 'It is not known which lines created the nodes.')),
    ];
  }

  lineRow(line, ops, share) {
    const [, , text] = this.app.graph.frames(ops[0])[0];
    const mark = () => {
      if (!this.lines.delete(line)) this.lines.add(line);
      this.app.refresh();
    };
    return make('li', {}, make('button', {type: 'button', 'aria-pressed': String(this.lines.has(line)), onclick: mark},
      make('span', {class: 'where'}, line), make('span', {class: 'count'}, `+${ops.length}`),
      text ? make('code', {}, clipped(text, 70)) : null,
      make('span', {class: 'meter', 'aria-hidden': 'true'}, make('span', {style: `width:${100 * share}%`}))));
  }

  momentText() {
    const last = this.app.graph.names[this.moment - 1];
    return `${amount(this.moment, 'node')}${last ? `, the last one is ${last}` : ''}`;
  }
}

/** All of a node that may differ. */
function signature(graph, op) {
  return JSON.stringify([graph.type(op), graph.attributes(op), graph.outputTexts(op),
                         graph.sources[op].map(([source, output]) => `${graph.names[source]}:${output}`),
                         graph.controls(op).map(other => graph.names[other]).sort()]);
}
