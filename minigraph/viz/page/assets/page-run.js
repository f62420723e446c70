// A recorded run: what ran when, and what was known then.

const OF_SEVERAL = {'no fetch needs it': 'no fetch needs them',
                    'its value is fed': 'operations that did not run, because a value was fed in place of theirs',
                    'only a fed value needs it': 'what would have computed the values that were fed instead'};

/** A recorded run with its questions answered: when each node ran, and what was known at a moment. */
class Run {
  constructor(graph, data, number) {
    Object.assign(this, data, {graph, number, size: data.steps.length});
    this.stepOf = new Map(data.steps.map((op, i) => [op, i]));
    this.given = new Map([...data.folded, ...data.feeds].map(([op, output, value]) => [`${op}:${output}`, value]));
    const found = data.found.flatMap((all, i) =>
      all.map(([op, output, value]) => ({i, key: `${op}:${output}`, value})));
    this.found = grouped(found, entry => entry.key);
    this.writesTo = grouped(data.writes.map(([i, variable, left, moved]) => ({i, variable, left, moved})),
      write => write.variable);
    this.held = new Map(data.variables.map(entry => [entry[0], entry]));
    this.asked = String(data.fetches.map(([op, output]) => `${op}:${output}`));
    this.longest = data.times.reduce((a, b) => Math.max(a, b), 1);
  }

  get label() {
    return `${this.number + 1}. ${this.title || 'nothing fetched'}`;
  }

  /** How many of the graph's nodes became steps, and why the others did not, in sentences. */
  get whyNotAll() {
    const {size, graph, leftOut, feeds} = this, total = amount(graph.size, 'node');
    if (size === graph.size) return `All ${total} became steps.`;
    const fed = feeds.filter(([op]) => graph.mustFeed(op) && !this.stepOf.has(op)).length;
    const known = leftOut.reduce((sum, [, count]) => sum + count, fed), rest = graph.size - size - known;
    const early = this.error ? graph.needed(this.folded.map(([op]) => op), new Set()).size : rest;
    const reasons = [
      ...leftOut, ['placeholders that were fed', fed],
      ['folded constants: the same in each run, so computed once, when the run was planned', early],
      ['not reached by the run before it failed', rest - early]].filter(([, count]) => count > 0);
    return `${size.toLocaleString('en')} of ${total} became steps. The others: ` +
      reasons.map(([why, count]) => `${count.toLocaleString('en')} – ${OF_SEVERAL[why] || why}`).join('; ') + '.';
  }

  value(number) {
    return number === undefined || number < 0 ? null : this.values[number];
  }

  /** What step i found in one of its inputs: of a variable's memory what was in it then. */
  taken(i, op, output) {
    const entry = (this.found.get(`${op}:${output}`) || []).find(each => each.i === i);
    return entry ? this.value(entry.value) : this.at(op, output, i);
  }

  /** An output's value once `done` steps have run, of a variable what it holds; null if it is not known by then. */
  at(op, output, done) {
    if (this.held.has(op)) return this.variableAt(this.held.get(op), done);
    const given = this.given.get(`${op}:${output}`);
    if (given !== undefined) return this.value(given);
    const step = this.stepOf.get(op);
    if (step === undefined || step >= done) return null;
    // Of a variable's memory, what the last step to read it has found.
    const found = (this.found.get(`${op}:${output}`) || []).filter(each => each.i < done).pop();
    return this.value(found ? found.value : this.outputs[step][output]);
  }

  /** A variable's value once `done` steps have run. */
  variableAt([variable, before, after], done) {
    const all = this.writesTo.get(variable) || [], writes = all.filter(write => write.i < done);
    if (writes.length === all.length) return this.value(writes.length ? after : before);
    return this.value(writes.length ? writes[writes.length - 1].left : before);
  }

  /** The last write of a variable by a step, if it is among the first `done` steps. */
  writeOf(op, variable, done) {
    const step = this.stepOf.get(op);
    return step < done ? (this.writesTo.get(variable) || []).filter(write => write.i === step).pop() || null : null;
  }

  /** The writes of a step, each with what the variable held before it. */
  writesOf(i) {
    return this.variables.flatMap(([variable, before]) => {
      const all = this.writesTo.get(variable) || [];
      return all.map((write, n) => ({...write, before: n ? all[n - 1].left : before})).filter(write => write.i === i);
    });
  }
}
