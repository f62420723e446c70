// The run stepper: a recorded run, played step by step.

const MENU_FONT = '14px system-ui, sans-serif', MENU_WIDTH = 200;

class StepMode {
  constructor(app) {
    Object.assign(this, {app, name: 'step', label: 'Step', at: 0, run: app.runs[0] || null});
  }

  /** How many steps have run: the current one is the last of them. */
  get done() { return this.at + 1; }

  enter() {
    this.where = null;
  }

  choose(run) {
    Object.assign(this, {run, at: 0, where: null});
    this.app.refresh();
  }

  /** Goes to a step; gives whether there was another one. */
  go(at) {
    const before = this.at;
    this.at = within(at, 0, Math.max(0, this.run.size - 1));
    this.app.refresh();
    this.follow(this.run.steps[this.at]);
    return this.at !== before;
  }

  /** Goes on to the next step that is in another box than this one. */
  goToNextBox(direction) {
    const isHere = i => this.boxOf(this.run.steps[i]) === this.boxOf(this.run.steps[this.at]);
    let at = this.at + direction;
    while (at >= 0 && at < this.run.size && isHere(at)) at += direction;
    this.go(at);
  }

  /** Keeps the step in sight. */
  follow(op) {
    const box = op === undefined ? null : this.boxOf(op);
    if (box && !isHidden(box)) this.app.camera.bringIn(box.place);
    this.app.say(`step ${this.at + 1}: ${this.app.graph.names[op] || 'none'}`);
  }

  boxOf(op) {
    const thing = this.app.thingOf(op);
    return thing ? seenAs(thing) : null;
  }

  play() {
    if (this.timer) return this.pause();
    if (this.at >= this.run.size - 1) this.at = -1;
    const turn = () => { if (!this.go(this.at + 1)) this.pause(); };
    this.timer = setInterval(turn, within(20000 / this.run.size, 60, 700));
    turn();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.app.refresh();
  }

  leave() {
    clearInterval(this.timer);
    this.timer = null;
  }

  /** For each thing the steps that run in it; worked out once for a run. */
  stepsIn(thing) {
    if (!this.where) {
      this.where = new Map();
      (this.run ? this.run.steps : []).forEach((op, i) => {
        for (let each = this.app.thingOf(op); each; each = each.parent) {
          if (!this.where.has(each)) this.where.set(each, []);
          this.where.get(each).push(i);
        }
      });
    }
    return this.where.get(thing) || [];
  }

  look(thing) {
    if (!this.run) return {};
    if (thing.kind === 'op' && this.isFed(thing.op)) return {state: 'done', badge: 'fed'};
    if (this.hasFailed && isInside(this.app.thingOf(this.run.error[0]), thing)) return {state: 'failed'};
    const steps = this.stepsIn(thing);
    if (!steps.length) return {state: 'off'};
    const done = steps.filter(i => i < this.done).length;
    const progress = done === steps.length ? 'done' : done ? 'part' : 'later';
    return {state: steps.includes(this.at) ? 'now' : progress,
            badge: steps.length > 1 && done && done < steps.length ? `${done} of ${amount(steps.length, 'step')}` : ''};
  }

  /** Is this the end of a run that did not get to its end? */
  get hasFailed() { return !!this.run.error && this.at >= this.run.size - 1; }

  isFed(op) {
    return this.run.feeds.some(([fed]) => fed === op);
  }

  lookAt({links, only, tail, head, kind}) {
    if (!this.run) return {};
    const runs = links.some(l => this.run.stepOf.has(l.head.op)), current = this.run.steps[this.at];
    const isWrite = kind === 'write';                   // what flows there comes from the head, once that has run
    const write = isWrite ? this.lastWrite(links) : null;
    const value = isWrite ? write && this.run.value(write.left)
      : only && only[1] >= 0 ? this.run.at(...only, this.done) : null;
    const now = links.some(l => l.head.op === current || !isWrite && l.tail.op === current);
    const isWhole = tail !== IN && head !== OUT;        // at a hole in a frame the same value stands outside too
    const note = write ? writeText(value, write.moved) : valueText(value);
    return {state: !runs ? 'off' : now ? 'now' : value ? 'done' : '', note: isWhole ? note : ''};
  }

  /** The latest of the writes that some arrows stand for, if they all write one variable. */
  lastWrite(links) {
    const {run} = this, [{tail}] = links;
    if (links.some(link => link.tail !== tail)) return null;
    const latest = links.map(link => link.head.op).filter(op => run.stepOf.get(op) < this.done)
      .sort((a, b) => run.stepOf.get(b) - run.stepOf.get(a));
    return latest.length ? run.writeOf(latest[0], tail.op, this.done) : null;
  }

  nodeView(op) {
    if (!this.run) return null;
    const values = this.app.graph.outputTexts(op).map((_, i) => this.run.at(op, i, this.done)).filter(Boolean);
    const step = this.run.stepOf.get(op);
    const when = step === undefined ? (this.isFed(op) ? 'Its value was fed.' : values.length
      ? 'Computed once, when the run was planned.' : 'Not in this run.')
      : `Step ${step + 1}, ${short(this.run.times[step])} µs${step > this.at ? ': not yet' : ''}.`;
    const moment = this.done === this.run.size ? 'at the end' : `after step ${this.done}`;
    const isHeld = this.run.held.has(op) && values.length;
    const holds = isHeld ? make('p', {class: 'faint'}, `It holds ${moment}:`) : null;
    return section('In this run', make('p', {}, when), holds, values.map(valueView));
  }

  panel() {
    const {app, run} = this;
    if (!run) return noRuns();
    const op = run.steps[this.at];
    return [
      make('h2', {}, 'Step through a run'),
      runChoice(app, run, chosen => this.choose(chosen), 'run'),
      make('p', {class: 'faint', id: 'why-not-all'}, run.whyNotAll),
      this.hasFailed ? make('p', {class: 'alarm'}, run.error[1]) : null,
      op !== undefined ? this.stepView(op)
        : make('p', {class: 'faint'}, 'This run has no steps: everything was computed when it was planned.'),
      this.variablesView(),
    ];
  }

  stepView(op) {
    const {app, run} = this, {graph} = app, names = graph.inputNamesOf(op);
    const outputs = run.outputs[this.at];
    const inputs = graph.sources[op].map(([source, output], i) => make('tr', {},
      make('th', {scope: 'row'}, names[i] || ''),
      make('td', {}, linkTo(app, source, breakable(graph.names[source]))),
      make('td', {class: 'shown'}, valueText(run.taken(this.at, source, output)))));
    return make('div', {class: 'current'},
      make('p', {class: 'figure'}, make('strong', {}, `${this.at + 1}`), ` of ${run.size}`,
        make('span', {class: 'faint'}, ` · ${short(run.times[this.at])} µs`)),
      make('p', {class: 'step-name'}, linkTo(app, op), ' ', make('span', {class: 'type'}, graph.type(op))),
      make('div', {class: 'buttons'}, make('button', {type: 'button', class: 'quiet', onclick: () => app.goTo(op)},
        'Show in the graph')),
      inputs.length ? section('Inputs', make('table', {class: 'flows'}, make('tbody', {}, inputs))) : null,
      run.inside[this.at] ? section('In the bodies that it called', make('ol', {class: 'inside'},
        run.inside[this.at].map(line => make('li', {}, make('code', {}, line))))) : null,
      outputs.length ? section('Outputs', outputs.map((value, i) => [
        outputs.length > 1 ? make('p', {class: 'path'}, `${graph.names[op]}:${i}`) : null,
        valueView(run.value(value))])) : null,
      [...grouped(run.writesOf(this.at), write => write.variable).values()].map(writes => this.writeView(writes)));
  }

  /** What a step does to a variable: the largest change and where it is, how long the change is, before and after. */
  writeView(writes) {
    const {app, run} = this, [{variable, before}] = writes, {left, moved} = writes[writes.length - 1];
    const held = [before, ...writes.map(write => write.left)].map(value => valueText(run.value(value)) || 'no value');
    return make('section', {class: 'written'},
      make('h3', {}, 'Writes ', linkTo(app, variable), writes.length > 1 ? `, ${writes.length} times` : ''),
      writes.length > 1 ? make('p', {class: 'turns shape'}, someOf(held).join(' → '))
        : moved ? differenceView(moved, run.value(left)) : null,
      make('div', {class: 'before-after'},
        make('h4', {}, 'before'), valueView(run.value(before)), make('h4', {}, 'after'), valueView(run.value(left))));
  }

  variablesView() {
    const {run, app} = this;
    if (!run.variables.length) return null;
    const rows = run.variables.map(entry => {
      const [variable, before] = entry;
      const written = (run.writesTo.get(variable) || []).filter(write => write.i < this.done);
      const isNow = written.some(write => write.i === this.at);
      const value = run.variableAt(entry, this.done), last = written[written.length - 1];
      return make('tr', {class: isNow ? 'now' : written.length ? 'changed' : ''},
        make('td', {}, linkTo(app, variable, breakable(app.graph.names[variable]))),
        make('td', {class: 'shown'}, valueText(value) || (written.length ? 'written' : before < 0 ? 'no value' : ''),
          last && last.moved && !isTold(value) ? make('span', {class: 'moved'}, movedText(last.moved)) : null),
        make('td', {class: 'dot', title: written.length ? 'already written' : ''}, written.length ? '●' : ''));
    });
    return section('Variables', make('table', {class: 'flows variables'}, make('tbody', {}, rows)));
  }

  /** The bar below the picture: to play, to step, and a slider over a chart of how long each step took. */
  bar() {
    if (!this.run || !this.run.size) return null;
    const {run} = this, last = run.size - 1;
    const button = (name, label, act) => make('button', {type: 'button', 'aria-label': label, title: label,
                                                         onclick: act}, icon(name));
    if (!this.controls || this.controls.run !== run) {
      const slider = make('input', {type: 'range', id: 'slider', min: 0, max: last, step: 1, value: this.at,
                                    'aria-label': 'step', oninput: () => this.go(Number(slider.value))});
      this.controls = {run, slider, play: button('play', 'play', () => this.play())};
      this.controls.element = make('div', {class: 'bar'},
        button('first', 'first step', () => this.go(0)), button('back', 'previous step', () => this.go(this.at - 1)),
        this.controls.play, button('on', 'next step', () => this.go(this.at + 1)),
        button('last', 'last step', () => this.go(last)),
        make('div', {class: 'track'}, timesChart(run), slider));
    }
    const {slider, play, element} = this.controls;
    slider.value = String(this.at);
    slider.setAttribute('aria-valuetext', `step ${this.at + 1} of ${run.size}`);
    refill(play, icon(this.timer ? 'pause' : 'play'));
    return element;
  }
}

/** The first and the last of many texts. */
function someOf(texts, most = 8) {
  return texts.length <= most ? texts : [...texts.slice(0, most - 2), '…', texts[texts.length - 1]];
}

function noRuns() {
  return [make('h2', {}, 'No recorded run'),
    make('p', {}, 'A page can play runs that were recorded when it was made:'),
    make('pre', {}, make('code', {}, 'm = tf.RunMetadata()\nsess.run(fetches, feed_dict, run_metadata=m,\n' +
      '         options=tf.RunOptions(\n             trace_level=tf.RunOptions.FULL_TRACE,\n' +
      '             trace_values=True))\ntf.viz.page(graph, runs=[m], path="graph.html")')),
    make('p', {}, make('code', {}, 'minigraph lab script.py'), ' records the first runs of a script for you.')];
}

function runChoice(app, run, choose, label) {
  const select = make('select', {'aria-label': label, title: run.label,
                                 onchange: () => choose(app.runs[Number(select.value)])},
    app.runs.map(each => make('option', {value: each.number, selected: each === run},
      each.label)));
  const isTooLong = textWidth(run.label, MENU_FONT) > MENU_WIDTH;       // then the closed menu shows but its beginning
  return [make('label', {class: 'choice'}, make('span', {}, label), select),
    isTooLong ? make('p', {class: 'chosen faint'}, run.label) : null];
}

/** How long each step took, as bars; a step that took ten times as long is half the height higher. */
function timesChart(run) {
  const height = time => 3 + 21 * Math.log1p(time) / Math.log1p(run.longest);
  const bars = run.times.map((time, i) => `M${i} 24V${(24 - height(time)).toFixed(1)}h0.8V24Z`).join('');
  return draw('svg', {
    class: 'times', viewBox: `0 0 ${run.size} 24`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
  draw('path', {d: bars}));
}
