// What is visible: sections, the scopes in them, the operations in those. A thing of the tree is an object with an
// `id` that stays the same, so that a box can be followed while scopes are opened and closed around it.

/** Reads the tree of a graph; gives its root, which holds the sections. */
function readTree(graph) {
  const ops = new Map();
  const root = {id: 'root', kind: 'root', path: '', children: [], isOpen: true, depth: 0};
  for (const section of graph.sections) {
    const thing = readScope(graph, section.root, root, ops);
    Object.assign(thing, section, {kind: 'section', id: `section-${root.children.length}`, isOpen: !!section.open,
                                   path: graph.scopes[section.root].path, isHidden: false});
    root.children.push(thing);
  }
  const ordered = [];
  walk(root, thing => ordered.push(thing));
  for (const thing of ordered.reverse()) sum(graph, thing);
  countHidden(graph, ops);
  attachArrows(graph, ops);
  return {root, ops};
}

function readScope(graph, number, parent, ops) {
  const todo = [[number, parent, null]];
  let first = null;
  for (let next = 0; next < todo.length; next++) {
    const [at, around, replaced] = todo[next];
    const {path, label, open, entries} = graph.scopes[at];
    const scope = replaced || {};
    Object.assign(scope, {id: `scope-${at}`, kind: label ? 'group' : 'scope', path, label, parent: around,
                          isOpen: !!open, depth: around.depth + 1, children: []});
    first = first || scope;
    for (const entry of entries) {
      const child = entry < 0 ? {} : {id: `op-${entry}`, kind: 'op', op: entry, path: graph.names[entry],
                                      parent: scope, depth: scope.depth + 1};
      scope.children.push(child);
      if (entry < 0) todo.push([-1 - entry, scope, child]);
      else ops.set(entry, child);
    }
  }
  return first;
}

/** Visits a thing and all below it, each before what is in it. */
function walk(thing, visit) {
  const todo = [thing];
  while (todo.length) {
    const next = todo.pop();
    visit(next);
    if (next.children) for (let i = next.children.length - 1; i >= 0; i--) todo.push(next.children[i]);
  }
}

/** Works out what a box says of what is in it, from what its children say. */
function sum(graph, thing) {
  if (thing.kind === 'op') {
    const role = graph.role(thing.op);
    Object.assign(thing, {role, count: 1, variables: role === 'variable' ? 1 : 0, hasLoss: role === 'loss',
                          hasTrainOp: role === 'train_op', first: thing.op});
    return;
  }
  const add = key => thing.children.reduce((total, child) => total + child[key], 0);
  const roles = new Set(thing.children.map(child => child.role));
  const isAlike = roles.size === 1 && thing.kind === 'group';
  Object.assign(thing, {role: isAlike ? [...roles][0] : 'scope', count: add('count'),
                        variables: add('variables'), hasLoss: thing.children.some(c => c.hasLoss),
                        hasTrainOp: thing.children.some(c => c.hasTrainOp),
                        first: thing.children.reduce((least, c) => Math.min(least, c.first), Infinity)});
}

/** A constant, or the read of a variable, counts where it is told. */
function countHidden(graph, ops) {
  graph.homes.forEach((home, op) => {
    if (home < 0 || home === op) return;
    for (let thing = ops.get(home); thing; thing = thing.parent) thing.count += 1;
  });
}

function attachArrows(graph, ops) {
  for (const thing of ops.values()) Object.assign(thing, {into: [], out: [], section: sectionOf(thing)});
  graph.links = graph.arrows.map(([tail, head, kind, ...flows]) => {
    const link = {tail: ops.get(tail), head: ops.get(head), kind: ['data', 'write', 'control'][kind], flows};
    link.tail.out.push(link);
    link.head.into.push(link);
    return link;
  });
}

/** All operations in a thing. */
function opsIn(thing) {
  const found = [];
  walk(thing, each => { if (each.kind === 'op') found.push(each); });
  return found;
}

/** All nodes in a thing, as the number that its box says counts them: constants and reads where they are told too. */
function nodesIn(graph, thing) {
  if (!graph.toldAt) graph.toldAt = grouped([...graph.names.keys()], op => graph.homes[op]);
  return opsIn(thing).flatMap(({op}) => graph.toldAt.get(op) || []);
}

/** The box or frame that is seen for a thing: itself, or the outermost closed scope around it. */
function seenAs(thing) {
  let seen = thing;
  for (let each = thing; each; each = each.parent) if (each.kind !== 'op' && !each.isOpen) seen = each;
  return seen;
}

function isHidden(thing) {
  for (let each = thing; each; each = each.parent) if (each.isHidden) return true;
  return false;
}

/** Is it the frame of a graph that has one part only, which is not drawn? */
function isBare(thing) {
  return thing.kind === 'section' && !thing.number;
}

function isInside(thing, around) {
  for (let each = thing; each; each = each.parent) if (each === around) return true;
  return false;
}

function sectionOf(thing) {
  let each = thing;
  while (each && each.kind !== 'section') each = each.parent;
  return each;
}

/** Opens all that is closed around a thing. */
function reveal(thing) {
  for (let each = thing.parent; each; each = each.parent) {
    each.isOpen = true;
    each.isHidden = false;
  }
}

/** The things that are seen: frames before what is in them. */
function seenThings(root) {
  const found = [], todo = [root];
  while (todo.length) {
    const thing = todo.pop();
    if (thing.isHidden) continue;
    if (thing !== root) found.push(thing);
    if (thing.children && thing.isOpen) todo.push(...[...thing.children].reverse());
  }
  return found;
}

/** What a thing is called where it stands: without what the frame around it says already. */
function titleOf(thing) {
  if (thing.kind === 'section') return (thing.number ? `${thing.number} · ` : '') + (thing.title || 'everything');
  if (thing.label) return thing.label;
  const around = thing.parent.path.replace(/\*$/, '');
  if (around && thing.path.startsWith(around + '/')) return thing.path.slice(around.length + 1);
  return around && around === thing.path ? thing.path.slice(thing.path.lastIndexOf('/') + 1) : thing.path;
}

/** The small lines below the title. */
function linesOf(graph, thing) {
  if (thing.kind === 'op') return graph.textLines(thing.op);
  const lines = [];
  if (thing.variables && thing.role !== 'variable') lines.push(amount(thing.variables, 'variable'));
  if (thing.hasLoss) lines.push('contains the loss');
  if (thing.hasTrainOp) lines.push('contains the train op');
  if (thing.count > 1) lines.push(amount(thing.count, 'node'));
  return lines;
}
