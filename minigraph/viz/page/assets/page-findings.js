// What was found in the graph when the page was made: races, what is probably not intended, gradients that are None.

const MOST_REVEALED = 12, MOST_LISTED = 8;

class Findings {
  constructor(app, all, failure) {
    Object.assign(this, {app, all, failure, chosen: null, boxes: new Set()});
  }

  /** Marks the nodes that a finding is about, opens what is closed around them, and brings them into sight. */
  choose(finding) {
    const {app} = this;
    this.chosen = finding === this.chosen ? null : finding;
    Object.assign(app, {selected: null, selectedOp: null});
    if (app.mode !== app.modes.explore) app.setMode('explore');
    const graph = this.chosen && graphOf(app, this.chosen);
    if (graph && graph !== app.graph) app.goInto(graph);
    this.mark();
    if (this.boxes.size) this.show([...this.boxes].slice(0, MOST_REVEALED));
    app.refresh();
    app.say(this.chosen ? `${amount(this.boxes.size, 'box')} marked` : 'nothing is marked');
  }

  /** Finds the boxes of the nodes that the chosen finding is about, in the graph that is shown. */
  mark() {
    const here = this.app.graphs.indexOf(this.app.graph);
    const ops = this.chosen ? this.chosen.ops.filter(([graph]) => graph === here) : [];
    this.boxes = new Set(ops.map(([, op]) => this.app.thingOf(op)).filter(Boolean));
  }

  show(things) {
    const {app} = this, closed = things.filter(thing => seenAs(thing) !== thing || isHidden(thing));
    for (const thing of closed) {
      for (let each = thing.parent; each; each = each.parent) forgetLayout(each);
      reveal(thing);
    }
    if (closed.length) app.picture.redraw();
    const edge = (pick, of) => pick(...things.map(({place}) => of(place)));
    const x = edge(Math.min, p => p.x), y = edge(Math.min, p => p.y);
    const width = edge(Math.max, p => p.x + p.width) - x, height = edge(Math.max, p => p.y + p.height) - y;
    const {room, camera} = app;
    if (width * camera.scale > room.width || height * camera.scale > room.height) camera.fit(0, true);
    else camera.bringIn({x, y, width, height});
  }

  /** Is a node that the chosen finding is about in this box? */
  isIn(thing) {
    return [...this.boxes].some(box => isInside(box, thing));
  }

  /** The findings about a node of the graph that is shown. */
  about(op) {
    const here = this.app.graphs.indexOf(this.app.graph);
    return this.all.filter(finding => finding.ops.some(([graph, other]) => graph === here && other === op));
  }

  /** What failed: the script that made the page, and recorded runs, each with the step that did. */
  failures() {
    const {app, failure} = this, failed = app.runs.filter(run => run.error);
    if (!failure && !failed.length) return null;
    const goTo = run => () => {
      app.setMode('step');
      app.mode.choose(run);
      app.mode.go(run.size - 1);
    };
    return make('section', {class: 'failures'}, make('h3', {}, 'Failed'),
      failure ? make('p', {class: 'alarm', id: 'failure'}, failure) : null,
      failed.map(run => make('p', {}, make('button', {class: 'link', type: 'button', onclick: goTo(run)},
        `Run ${run.number + 1} failed${run.error[0] < 0 ? '' : ` at ${app.graphs[0].names[run.error[0]]}`}`),
      `: ${clippedEnd(run.error[1].split('\n')[0], 160)}`)));
  }

  view() { return [this.failures(), this.found()]; }

  /** The list in the panel; one line where nothing was found, unless the page tells of a failure. */
  found() {
    if (!this.all.length && (this.failure || this.app.runs.some(run => run.error))) return null;
    if (!this.all.length) {
      return make('p', {class: 'faint', id: 'no-findings'},
        'No findings: no race, no gradient that is None, nothing else that is probably not intended.');
    }
    const first = this.all.indexOf(this.chosen) < MOST_LISTED ? MOST_LISTED : this.all.length;
    return make('section', {class: 'findings'}, make('h3', {}, `Findings (${this.all.length})`),
      listOf(this.all.map(finding => this.entry(finding)), first));
  }

  entry(finding) {
    const {kind, code, message, where} = finding, [first] = message.split('\n'), isChosen = finding === this.chosen;
    return make('div', {class: 'finding'},
      make('button', {type: 'button', 'aria-pressed': String(isChosen), onclick: () => this.choose(finding)},
        make('span', {class: 'code'}, kind === 'why_none' ? 'gradient is None' : code.replace(/-/g, ' ')),
        where ? make('span', {class: 'where'}, where) : null,
        make('span', {class: 'message'}, isChosen ? message : clippedEnd(first, 110))),
      isChosen ? this.details(finding) : null);
  }

  details({advice, ops}) {
    const {app} = this;
    return make('div', {class: 'details'},
      advice ? make('p', {class: 'advice'}, make('span', {class: 'faint'}, 'fix: '), advice) : null,
      ops.length ? listOf(ops.map(([graph, op]) => linkInto(app, app.graphs[graph], op))) : null);
  }

  /** What the panel says of a node: the findings that are about it. */
  viewOf(op) {
    const found = this.about(op);
    return found.length ? section('Findings', listOf(found.map(finding => this.entry(finding)), 4)) : null;
  }
}

/** The graph in which most nodes of a finding lie: of a race in a branch the variable lies outside. */
function graphOf(app, {ops}) {
  const counts = [...grouped(ops, ([graph]) => graph)].sort((a, b) => b[1].length - a[1].length);
  return counts.length ? app.graphs[counts[0][0]] : null;
}

/** Cuts the end off a long sentence. */
function clippedEnd(text, longest) {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
