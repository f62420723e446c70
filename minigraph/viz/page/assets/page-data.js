// The graph: columns of the page's data with a few questions answered. A node is a number, its place in the graph.

class Graph {
  constructor(data) {
    Object.assign(this, data);
    this.names = decodedNames(data.names);
    this.size = this.names.length;
    this.numbers = new Map(this.names.map((name, i) => [name, i]));
    this.sources = this.inputs.map((pairs, i) => decodedInputs(pairs, i));
    this.gradients = reversed(this.gradientOf);
  }

  /** The nodes that take a value of this one, or wait for it; found once for all nodes, when first asked for. */
  get users() {
    if (!this._users) {
      this._users = Array.from({length: this.size}, () => []);
      this.sources.forEach((inputs, i) => inputs.forEach(([op]) => this._users[op].push(i)));
    }
    return this._users;
  }

  get waiting() {
    if (!this._waiting) this._waiting = reversed(this.control);
    return this._waiting;
  }

  type(op) { return this.tables.types[this.types[op]]; }
  role(op) { return this.tables.roles[this.roles[op]]; }
  stage(op) { return this.tables.stages[this.stages[op]]; }
  textLines(op) { return this.tables.lines[this.lines[op]]; }
  outputTexts(op) { return this.tables.outputs[this.outputs[op]]; }
  frames(op) { return this.tables.wheres[this.wheres[op]]; }
  attributes(op) { return this.tables.attrs[this.attrs[op]]; }
  inputNamesOf(op) { return this.tables.inputNames[this.inputNames[op]]; }
  /** Of a body: which of its arguments a node is, and which of its results; each may be several, or none. */
  argumentsOf(op) { return this.body ? numbersOf(this.body.inputs, each => each === op) : []; }
  resultsOf(op) { return this.body ? numbersOf(this.body.outputs, ([each]) => each === op) : []; }

  doc(op) { return this.tables.docs[this.type(op)] || ''; }
  controls(op) { return this.control[op] || []; }
  readsOf(op) { return this.reads[op] || []; }
  writesOf(op) { return this.writes[op] || []; }

  /** Nodes that a run has to be given a value for. */
  mustFeed(op) { return this.role(op) === 'placeholder' && !this.sources[op].length; }

  /** What a run of some nodes needs, where the values of others are fed; as a Set. */
  needed(fetches, feeds) {
    const found = new Set(), todo = [...fetches];
    while (todo.length) {
      const op = todo.pop();
      if (found.has(op)) continue;
      found.add(op);
      for (const waits of this.controls(op)) todo.push(waits);
      // A fed value needs nothing of what comes before it; what its operation waits for runs all the same.
      if (!feeds.has(op)) for (const [source] of this.sources[op]) if (!feeds.has(source)) todo.push(source);
    }
    return found;
  }
}

function decodedNames(pairs) {
  const names = [];
  for (let i = 0, before = ''; i < pairs.length; i += 2) names.push(before = before.slice(0, pairs[i]) + pairs[i + 1]);
  return names;
}

function decodedInputs(pairs, op) {
  const inputs = [];
  for (let i = 0; i < pairs.length; i += 2) inputs.push([op - pairs[i], pairs[i + 1]]);
  return inputs;
}

/** Tells each body which operation calls it, and how many of that one's inputs come before the body's arguments. */
function tellBodies(graphs) {
  for (const graph of graphs) {
    for (const [op, bodies] of Object.entries(graph.bodies)) {
      for (const [name, number] of bodies) {
        const {body} = graphs[number], skipped = graph.sources[op].length - body.inputs.length;
        Object.assign(graphs[number], {caller: {graph, op: Number(op), name}});
        body.skipped = Math.max(0, skipped);
      }
    }
  }
}

function numbersOf(entries, isMeant) {
  return entries.flatMap((entry, i) => isMeant(entry) ? [i] : []);
}

/** From {op: other} or {op: [others]} to {other: [ops]}. */
function reversed(links) {
  const found = {};
  for (const [op, others] of Object.entries(links)) {
    for (const other of [others].flat()) (found[other] = found[other] || []).push(Number(op));
  }
  return found;
}
