// The page: what is selected, which mode is on, and who draws what.

class ExploreMode {
  constructor(app) { Object.assign(this, {app, name: 'explore', label: 'Explore'}); }

  /** Marks what the chosen finding is about, and what has notes. */
  look(thing) {
    const {findings, notes} = this.app, isFound = findings.isIn(thing), count = notes.countIn(thing);
    const noted = count ? (thing.kind === 'op' && count === 1 ? '✎' : `✎ ${count}`) : '';
    const badge = [isFound ? '!' : '', noted].filter(Boolean).join('\u00a0\u00a0');      // apart: each sign has a rim
    return {state: isFound ? 'found' : '', badge};
  }

  lookAt() { return {}; }

  panel() {
    const {selectedOp, selected, selectedArrow} = this.app;
    return selectedOp === null && !selected && !selectedArrow ? overview(this.app) : [];
  }
}

class App {
  constructor(data) {
    Object.assign(this, {title: data.title, file: data.file});
    this.graphs = data.graphs.map(graph => new Graph(graph));
    tellBodies(this.graphs);
    this.trees = new Map(this.graphs.map(graph => [graph, readTree(graph)]));
    [this.graph] = this.graphs;
    this.other = data.other === null ? null : this.graphs[data.other];
    this.runs = data.runs.map((run, i) => new Run(this.graph, run, i));
    Object.assign(this, {selected: null, selectedOp: null, selectedArrow: null, races: data.races, since: data.since});
    this.modes = Object.fromEntries([ExploreMode, FetchMode, StepMode, RaceMode, CompareMode]
      .map(Mode => new Mode(this)).map(mode => [mode.name, mode]));
    this.mode = this.modes.explore;
    this.findings = new Findings(this, data.findings, data.failure);
    this.notes = new Notes(this, data.handed);
    this.picture = new Picture(this);
    this.searchBox = new SearchBox(this);
    this.help = helpView();
    Object.assign(this, pageOf(this));
    this.measure();
    this.camera = new Camera(this);
    this.listen();
    openWhatFits(this);
    this.picture.redraw();
    this.camera.fit(LEAST_SCALE);
    this.refresh();
    if (data.handed) showView(this, data.handed.view);
  }

  get tree() { return this.trees.get(this.graph); }

  /** Where the screen is narrow the parts stand below each other, else in columns. */
  get isNarrow() { return this.room.width <= NARROW; }

  /** Takes the size of the canvas down: to ask for it at each turn would have the browser lay out all of the page. */
  measure() {
    this.room = {width: this.canvas.clientWidth, height: this.canvas.clientHeight};
  }

  /** Puts the parts into the columns with which most of the canvas is used. */
  arrange() {
    chooseColumns(this.graph, this.tree.root, this.room, this.isNarrow);
  }

  save() {
    download('graph.svg', exported(this), 'image/svg+xml');
  }

  listen() {
    const {svg} = this.picture;
    svg.addEventListener('click', event => this.clicked(event));
    svg.addEventListener('dblclick', event => {
      const thing = this.thingAt(event.target);
      if (!thing || event.target.closest('.toggle')) return;
      if (thing.kind === 'op' && this.mode.activate) this.mode.activate(thing.op);
      else if (thing.kind !== 'op') this.toggle(thing);
    });
    svg.addEventListener('keydown', event => this.entered(event));
    listenToKeys(this);
    new ResizeObserver(() => {
      const wasNarrow = this.isNarrow;
      this.measure();
      if (this.isNarrow !== wasNarrow) {
        this.arrange();
        this.picture.redraw();
        this.camera.fit(LEAST_SCALE);
      } else this.camera.refit();
    }).observe(this.canvas);
  }

  thingAt(element) {
    const id = element.closest('.thing') && element.closest('.thing').dataset.id;
    return this.picture.seen.find(thing => thing.id === id) || null;
  }

  clicked(event) {
    if (this.camera.wasDragged()) return;
    const thing = this.thingAt(event.target);
    const arrow = event.target.closest('.flow');
    if (arrow) this.selectArrow(this.picture.routes.find(({segment}) => segment.element === arrow).segment);
    else if (thing && event.target.closest('.toggle')) this.toggle(thing);
    else if (thing && (!thing.isOpen || event.target.closest('text'))) this.selectThing(thing);
    else this.select(null);
  }

  /** Enter on a box selects it; once more opens it. */
  entered(event) {
    const isMeant = event.key === 'Enter' || event.key === ' ' && this.mode !== this.modes.step;
    const thing = isMeant && this.thingAt(event.target), isAgain = thing && thing === this.selected;
    if (!thing) return;
    event.preventDefault();
    event.stopPropagation();
    if (thing.kind !== 'op' && (isAgain || event.target.closest('.toggle'))) this.toggle(thing, true);
    else if (isAgain && this.mode.activate) this.mode.activate(thing.op);
    else this.selectThing(thing);
  }

  // What can be done

  /** The thing that an operation is told in: itself, or for a constant the one that takes it. */
  thingOf(op) {
    const home = this.graph.homes[op];
    return home < 0 ? null : this.tree.ops.get(home) || null;
  }

  select(op) {
    Object.assign(this, {selectedOp: op, selected: op === null ? null : this.thingOf(op), selectedArrow: null});
    this.refresh();
    this.panel.scrollTop = 0;
  }

  selectThing(thing) {
    if (thing.kind === 'op') {
      this.select(thing.op);
      return;
    }
    Object.assign(this, {selected: thing, selectedOp: null, selectedArrow: null});
    this.refresh();
    this.panel.scrollTop = 0;
  }

  selectArrow(segment) {
    Object.assign(this, {selected: null, selectedOp: null, selectedArrow: segment});
    this.refresh();
    this.panel.scrollTop = 0;
  }

  /** Selects an operation, opens what is closed around it, and brings it into sight. */
  goTo(op) {
    const thing = this.thingOf(op);
    if (thing) this.goToThing(thing, () => this.select(op));
    else this.select(op);
  }

  goToThing(thing, select = () => this.selectThing(thing)) {
    const wasSeen = seenAs(thing) === thing && !isHidden(thing);
    if (!wasSeen) {
      for (let each = thing.parent; each; each = each.parent) if (!each.isOpen || each.isHidden) forgetLayout(each);
      reveal(thing);
      this.picture.redraw();
    }
    select();
    this.camera.bringIn(thing.place);
  }

  /** Opens or closes a scope; it stays where it is on the screen, but for what would then be out of sight. */
  toggle(thing, keepsFocus = false) {
    this.camera.holding(thing, () => {
      thing.isOpen = !thing.isOpen;
      forgetLayout(thing);
      this.picture.redraw();
    });
    if (thing.isOpen) this.camera.uncover(thing.place, LEAST_SCALE);
    this.say(`${titleOf(thing)} is ${thing.isOpen ? 'open' : 'closed'}`);
    if (keepsFocus) {
      const element = this.picture.elements.get(thing.id);
      (element.matches('[tabindex]') ? element : element.querySelector('[tabindex]')).focus({preventScroll: true});
    }
    this.refresh();
  }

  showStages(sections, shown) {
    for (const each of sections) {
      each.isHidden = !shown;
      forgetLayout(each);
    }
    this.arrange();
    this.picture.redraw();
    this.camera.fit(LEAST_SCALE, true);
    this.refresh();
  }

  /** Goes into the body of a function, or out of it again. */
  goInto(graph) {
    this.showGraph(graph);
    openWhatFits(this);
    this.picture.redraw();
    this.camera.fit(LEAST_SCALE);
    this.modes.fetch.forget();
    if (this.mode.enter) this.mode.enter();
    this.refresh();
  }

  showGraph(graph) {
    Object.assign(this, {graph, selected: null, selectedOp: null, selectedArrow: null});
    this.findings.mark();
    this.picture.clear();
    this.picture.redraw();
    this.refresh();
  }

  setMode(name) {
    if (this.mode.leave) this.mode.leave();
    const [main] = this.graphs, isOfBodies = ['explore', 'fetch'].includes(name);
    if (this.graph === this.other && name !== 'compare') this.showGraph(main);
    else if (this.graph !== main && this.graph !== this.other && !isOfBodies) this.goInto(main);
    this.mode = this.modes[name];
    if (this.mode.enter) this.mode.enter();
    this.refresh();
    this.say(`${this.mode.label}`);
  }

  /** Shows what is the case, places aside. */
  refresh() {
    for (const tab of this.tabs) tab.setAttribute('aria-selected', String(tab.id === `mode-${this.mode.name}`));
    document.body.dataset.mode = this.mode.name;
    this.picture.paint();
    const focused = focusIn(this.content);
    refill(this.content, this.notes.banner(), this.wayOut(), this.selectionView(),
      make('div', {class: 'mode'}, this.mode.panel(),
        this.mode === this.modes.explore ? null : this.notes.folded()));
    const bar = this.mode.bar ? this.mode.bar() : null;
    if (this.bar.firstChild !== bar) refill(this.bar, bar);
    this.showStage(this.mode.stage ? this.mode.stage() : null);
    focused();
  }

  wayOut() {
    const [main] = this.graphs;
    if (this.graph === main || this.graph === this.other) return null;
    return make('p', {class: 'way-out'}, 'This is the body of a function. ',
      make('button', {class: 'link', type: 'button', onclick: () => this.goInto(main)}, 'Back to the whole graph'));
  }

  selectionView() {
    const [heading, ...parts] = this.selectedOp !== null ? nodeView(this, this.selectedOp)
      : this.selected ? scopeView(this, this.selected)
      : this.selectedArrow ? arrowView(this, this.selectedArrow) : [];
    if (!heading) return null;
    const isNode = this.selectedOp !== null;
    const isScope = !isNode && this.selected;
    if (isScope && this.mode !== this.modes.fetch) parts.push(this.modes.fetch.offer(this.selected));
    if (this.mode === this.modes.explore) return make('div', {class: 'selection'}, heading, parts);
    return make('div', {class: 'selection small'}, heading,
      isNode && this.mode.nodeView ? this.mode.nodeView(this.selectedOp) : null,
      isScope && this.mode.scopeView ? this.mode.scopeView(this.selected) : null,
      make('details', {}, make('summary', {}, 'All details'), parts));
  }

  /** What a mode shows in place of the graph. */
  showStage(stage) {
    const before = this.canvas.querySelector('.theatre');
    const top = before ? before.scrollTop : 0;
    if (before) before.remove();
    this.picture.svg.classList.toggle('covered', !!stage);
    if (stage) {
      this.canvas.prepend(stage);
      stage.scrollTop = this.mode.begins ? this.mode.first : top;
      this.mode.begins = false;
    }
  }

  changeTheme() {
    const {theme} = document.documentElement.dataset;
    const isDark = theme === 'dark' || theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
  }

  say(words) { this.told.textContent = words; }
}

/** Begins: reads the data that stands in the page, and draws. */
function start(page) {
  const app = new App(JSON.parse(page.getElementById('graph-data').textContent));
  document.body.dataset.ready = 'yes';
  return app;
}
