// The race theatre: two runs side by side, at best of the same fetches in two legal orders.

const ROW = 22, CELL_FONT = '12px Helvetica, Arial, sans-serif';
const CELL_SPACE = 26;          // beside the name and the value in a row

function sameTwo(pair, first, second) {
  return pair.first === first && pair.second === second || pair.first === second && pair.second === first;
}

/** Did two runs take the steps that both have in different orders? */
function differInOrder(a, b) {
  return String(a.steps.filter(op => b.stepOf.has(op))) !== String(b.steps.filter(op => a.stepOf.has(op)));
}

/** What a run gave, and what it left in the variables, as a text: the same for runs with the same results. */
function outcomeOf(run) {
  const told = [...run.fetches.map(([op, output, value]) => [`${op}:${output}`, value]),
                ...run.variables.map(([variable, , after]) => [String(variable), after])];
  return told.map(([key, value]) => `${key} ${JSON.stringify(run.value(value))}`).sort().join('\n');
}

class RaceMode {
  constructor(app) {
    Object.assign(this, {app, name: 'race', label: 'Race', showsAll: false});
    const swapped = (left, right) => differInOrder(left, right) && this.changedPairs(left, right).length > 0;
    const mattered = (left, right) => swapped(left, right) && outcomeOf(left) !== outcomeOf(right);
    [this.left, this.right] = this.twoAlike(mattered) || this.twoAlike(swapped) || this.twoAlike(differInOrder) ||
      this.twoAlike(() => true) || [app.runs[0], app.runs[1]];
  }

  /** The two orders are seen from their first pair in question on. */
  enter() { this.begins = true; }

  /** The first two runs of the same fetches that pass a test, such as having taken different orders. */
  twoAlike(test) {
    const {runs} = this.app;
    for (const a of runs) {
      for (const b of runs) {
        if (a.number < b.number && a.asked === b.asked && test(a, b)) return [a, b];
      }
    }
    return null;
  }

  // The two orders stand in place of the graph.
  look() { return {}; }
  lookAt() { return {}; }

  /** The pairs in question: those that the page was given, and those that changed places. */
  pairs() {
    if (!this.left || !this.right) return [];
    if (this.known && this.known.left === this.left && this.known.right === this.right) return this.known.pairs;
    const {left, right} = this, changed = this.changedPairs(left, right);
    const given = this.app.races.filter(([first, second]) => [first, second].every(
      op => left.stepOf.has(op) && right.stepOf.has(op)) && !changed.some(p => sameTwo(p, first, second)));
    const order = (run, first, second) => run.stepOf.get(first) < run.stepOf.get(second);
    const more = given.map(([first, second]) => ({
      first, second, variable: this.shared(first, second),
      isChanged: order(left, first, second) !== order(right, first, second)}));
    this.known = {left, right, pairs: [...changed, ...more]};
    return this.known.pairs;
  }

  shared(first, second) {
    const {graph} = this.app, touches = op => [...graph.readsOf(op), ...graph.writesOf(op)];
    return touches(first).find(variable => touches(second).includes(variable));
  }

  /** Pairs of steps on one variable, one of them a write, that the two runs took in different orders. */
  changedPairs(left, right) {
    const {graph} = this.app, found = [], touching = new Map();
    for (const op of left.steps) {
      if (!right.stepOf.has(op)) continue;
      for (const variable of new Set([...graph.readsOf(op), ...graph.writesOf(op)])) {
        if (!touching.has(variable)) touching.set(variable, []);
        touching.get(variable).push(op);
      }
    }
    for (const [variable, ops] of touching) {
      ops.forEach((first, i) => ops.slice(i + 1).forEach(second => {
        const writes = graph.writesOf(first).includes(variable) || graph.writesOf(second).includes(variable);
        if (writes && right.stepOf.get(second) < right.stepOf.get(first)) {
          found.push({variable, first, second, isChanged: true});
        }
      }));
    }
    return found;
  }

  choose(side, run) {
    this[side] = run;
    this.begins = true;
    this.app.refresh();
  }

  /** A heading and a sentence that say what the two runs have in common, and what not. */
  compared() {
    const {left, right} = this, both = `Runs ${left.number + 1} and ${right.number + 1}`;
    if (left === right) return ['One run beside itself', 'Choose another run for one of the sides.'];
    if (left.asked !== right.asked) {
      return ['Two runs of different fetches', `${both} did not fetch the same: only steps that both have are joined.`];
    }
    if (differInOrder(left, right)) {
      return ['Two orders of the same fetches', `${both} fetched the same and took their steps in different orders.`];
    }
    const others = this.twoAlike(differInOrder) ? '' : ' No two of the recorded runs of the same fetches differ in ' +
      'order: record one with tf.ConfigProto(order="shuffle") to see another legal order.';
    return ['Two runs in the same order', `${both} fetched the same and took their steps in the same order. Where ` +
      `their results differ, it is because of what was fed, held in variables, or drawn at random.${others}`];
  }

  panel() {
    const {app} = this;
    if (app.runs.length < 2) {
      return [make('h2', {}, 'A race needs two runs'), make('p', {}, 'Steps that no edge orders may run in ' +
        'either order. Record the same fetches twice, the second time in another legal order:'),
      make('pre', {}, make('code', {}, 'config = tf.ConfigProto(\n    order="shuffle", order_seed=1)\n' +
        'with tf.Session(config=config) as sess:\n    …\ntf.viz.page(graph, runs=[a, b])')),
      app.races.length ? section(`${amount(app.races.length, 'pair')} in no order`, listOf(app.races.map(
        ([first, second]) => this.pairView({first, second, variable: this.shared(first, second)})))) : null];
    }
    const pairs = this.pairs(), {graph} = app, [heading, words] = this.compared();
    const alike = this.left.asked === this.right.asked, changed = pairs.filter(pair => pair.isChanged);
    return [
      make('h2', {}, heading),
      make('p', {class: 'faint', id: 'compared'}, words),
      runChoice(app, this.left, run => this.choose('left', run), 'left'),
      runChoice(app, this.right, run => this.choose('right', run), 'right'),
      make('p', {class: changed.length ? 'verdict alarm' : 'verdict'}, changed.length
        ? `${amount(changed.length, 'pair')} of steps on the same variable swapped order.`
        : alike ? 'No two steps on the same variable swapped order.' : 'These are runs of different fetches.'),
      pairs.length ? listOf(pairs.map(pair => this.pairView(pair))) : null,
      this.outcomes(),
      make('label', {class: 'check'}, make('input', {type: 'checkbox', checked: this.showsAll, onchange: () => {
        this.showsAll = !this.showsAll;
        app.refresh();
      }}), ' show all steps, not only those on variables'),
    ];
  }

  pairView({variable, first, second, isChanged}) {
    const {app} = this, row = op => make('p', {}, linkTo(app, op), ' ',
      make('span', {class: 'faint'}, this.verb(op, variable)));
    return make('div', {class: 'pair'}, row(first), row(second),
      variable === undefined ? null : make('p', {class: 'faint'}, `variable ${app.graph.names[variable]}`),
      isChanged === false ? make('p', {class: 'faint'}, 'no edge orders them; here in one order in both runs') : null);
  }

  verb(op, variable) {
    if (variable === undefined) return '';
    return this.app.graph.writesOf(op).includes(variable) ? 'writes' : 'reads';
  }

  /** What the two runs gave, and what they left in the variables, where that differs. */
  outcomes() {
    const {app, left, right} = this, {graph} = app;
    const row = (name, a, b) => make('tr', {class: JSON.stringify(a) === JSON.stringify(b) ? '' : 'changed'},
      make('td', {}, name), [a, b].map(value => make('td', {class: 'shown'}, valueText(value) || '–')));
    const fetched = left.fetches.map(([op, output, value]) => {
      const other = right.fetches.find(f => f[0] === op && f[1] === output);
      return output < 0 || !other ? null : row(linkTo(app, op, breakable(graph.names[op])), left.value(value),
        right.value(other[2]));
    });
    const held = left.variables.map(([variable, , after]) => {
      const other = right.variables.find(([v]) => v === variable);
      return other ? row(linkTo(app, variable, breakable(graph.names[variable])), left.value(after),
        right.value(other[2])) : null;
    });
    return section('Results', make('table', {class: 'flows outcomes'}, make('thead', {}, make('tr', {},
      make('td', {}), make('th', {}, 'left'), make('th', {}, 'right'))), make('tbody', {}, fetched, held)));
  }

  /** In place of the graph: both orders as columns, a line from each step to itself. */
  stage() {
    if (!this.left || !this.right) return null;
    const {graph} = this.app, pairs = this.pairs();
    const marked = new Set(pairs.flatMap(pair => [pair.first, pair.second]));
    const matters = op => this.showsAll || marked.has(op) || graph.readsOf(op).length + graph.writesOf(op).length > 0;
    const columns = [this.left, this.right].map(run => run.steps.filter(matters));
    const places = columns.map(ops => new Map(ops.map((op, i) => [op, i])));
    const rows = Math.max(...columns.map(ops => ops.length), 1);
    const first = Math.min(...columns.map(ops => ops.findIndex(op => marked.has(op))));
    const room = this.app.canvas.clientWidth - 36, gap = room < 600 ? 56 : 150, y = i => 44 + i * ROW;
    const widest = Math.max(320, ...[this.left, this.right].flatMap((run, side) => columns[side].map(
      op => textWidth(graph.names[op], CELL_FONT) + textWidth(this.given(run, op), LINE_FONT) + CELL_SPACE)));
    const sizes = {column: Math.min(widest, (room - gap) / 2), gap}, width = 2 * sizes.column + gap;
    const cells = columns.flatMap((ops, side) =>
      ops.map((op, i) => this.cell(op, side, y(i), marked.has(op), i, sizes)));
    this.first = first > 0 ? y(first - 2) - 44 : 0;
    const ends = op => places.map((place, side) => ({x: sizes.column + side * gap, y: y(place.get(op)) - 4}));
    const lines = columns[0].filter(op => places[1].has(op)).map(op => draw('path', {
      class: `same${marked.has(op) ? ' marked' : ''}`, d: smooth(ends(op), 'LR')}));
    const heading = (run, x, anchor) => draw('text', {class: 'heading', x, y: 20, 'text-anchor': anchor},
      clipped(run.label, Math.floor(sizes.column / 7.5)));
    return make('div', {
      class: 'theatre scrolls', tabindex: '0', role: 'group', 'aria-label': 'two orders side by side'},
      draw('svg', {class: 'race', viewBox: `0 0 ${width} ${y(rows)}`, width, height: y(rows)},
        heading(this.left, sizes.column - 12, 'end'), heading(this.right, sizes.column + gap + 12, 'start'),
        lines, cells));
  }

  /** What a step gave, in a word. */
  given(run, op) {
    return valueText(run.value(run.outputs[run.stepOf.get(op)][0]));
  }

  cell(op, side, y, isMarked, i, {column, gap}) {
    const {graph} = this.app, run = side ? this.right : this.left;
    const x = side ? column + gap + 12 : column - 12;
    const value = column < 260 ? '' : this.given(run, op);
    const room = column - CELL_SPACE - textWidth(value, LINE_FONT);
    const shown = fitting(graph.names[op], room, text => textWidth(text, CELL_FONT));
    const verb = graph.writesOf(op).length ? 'writes' : graph.readsOf(op).length ? 'reads' : '';
    const where = `${side ? 'right' : 'left'} ${i + 1}`;
    return draw('g', {class: `cell ${verb}${isMarked ? ' marked' : ''}`, tabindex: '0', role: 'button',
                      'aria-label': `${shown} ${value}, ${where}: ${graph.names[op]} ${verb}`,
                      onclick: () => this.app.select(op),
                      onkeydown: event => { if (event.key === 'Enter') this.app.select(op); }},
      draw('title', {}, `${graph.names[op]} ${verb}`),
      draw('rect', {x: side ? column + gap : 0, y: y - 14, width: column, height: ROW - 2, rx: 5}),
      draw('text', {x, y, 'text-anchor': side ? 'start' : 'end'}, shown, ' ',
        draw('tspan', {class: 'faint', dx: 3}, value)),
      draw('circle', {cx: side ? column + gap : column, cy: y - 4, r: 3.5}));
  }
}
