// Arrows: which stand between the children of a scope, through which ports they pass its frame, and what they say.
//
// An arrow between two boxes carries all that flows from one to the other, and says how many tensors that is. Where it
// passes a frame each tensor has a port of its own, so that what is joined there is one tensor, and nothing else.

const IN = {id: 'in'}, OUT = {id: 'out'};       // the ends of arrows that come into a scope, and that leave it
const MOST_PORTS = 7;                           // where more tensors pass a frame, they share ports
const GRID_FROM = 6;                            // as many children that no arrow joins stand in a grid

/** The arrows between the children of a scope, and through its frame: {tail, head, kind, links} for each pair. */
function pairsOf(graph, scope) {
  if (scope.pairs) return scope.pairs;
  const found = new Map();
  const add = (tail, head, link) => {
    const key = `${tail.id} ${head.id} ${link.kind}`;
    if (!found.has(key)) found.set(key, {key, scope, tail, head, kind: link.kind, links: [], parts: new Map()});
    found.get(key).links.push(link);
  };
  for (const child of scope.children) {
    for (const op of opsIn(child)) {
      for (const link of op.out) {
        const head = childHolding(scope, link.head);
        if (head && head !== child) add(child, head, link);
        else if (!head && crosses(scope, op, link.head)) add(child, OUT, link);
      }
      for (const link of op.into) {
        if (!childHolding(scope, link.tail) && crosses(scope, op, link.tail)) add(IN, child, link);
      }
    }
  }
  scope.pairs = [...found.values()];
  const joined = new Set(scope.pairs.flatMap(({tail, head}) => tail === IN || head === OUT ? [] : [tail, head]));
  const alone = scope.children.filter(child => !joined.has(child));
  scope.inGrid = new Set(alone.length < GRID_FROM ? [] : alone);
  for (const pair of scope.pairs) Object.assign(pair, labelled(graph, pair));
  return scope.pairs;
}

/** Arrows between sections end at their frames: lines to each box in them would hide the story. */
function crosses(scope, op, other) {
  return scope.kind !== 'root' && scope.kind !== 'section' && op.section === other.section;
}

function childHolding(scope, thing) {
  let each = thing;
  while (each && each.parent !== scope) each = each.parent;
  return each;
}

/** The tensors that a link carries, as [operation, output]; an output of -1 stands for what carries no value. */
function tensorsOf({kind, tail, flows}) {
  if (kind === 'write') return [[tail.op, -1]];
  return Array.from({length: flows.length / 2}, (_, i) => flows.slice(2 * i, 2 * i + 2));
}

/** The arrows as they are drawn while some of the children are open: one for each port that a pair passes. */
function segmentsOf(graph, scope) {
  const hasPorts = end => end === IN || end === OUT || end.children && end.isOpen && end.kind !== 'section';
  return pairsOf(graph, scope).flatMap(pair =>
    hasPorts(pair.tail) || hasPorts(pair.head) ? partsOf(graph, pair) : [pair]);
}

function partsOf(graph, {scope, tail, head, kind, links, parts}) {
  const isOpen = end => !!end.children && end.isOpen && end.kind !== 'section';
  const key = `${isOpen(tail)} ${isOpen(head)}`;
  if (parts.has(key)) return parts.get(key);
  const found = new Map();
  for (const link of links) {
    for (const tensor of tensorsOf(link)) {
      const tailPort = tail === IN ? portOf(graph, scope, 'in', link.head, kind, tensor)
        : isOpen(tail) ? portOf(graph, tail, 'out', link.tail, kind, tensor) : '';
      const headPort = head === OUT ? portOf(graph, scope, 'out', link.tail, kind, tensor)
        : isOpen(head) ? portOf(graph, head, 'in', link.head, kind, tensor) : '';
      const id = `${tail.id} ${tailPort} ${head.id} ${headPort} ${kind}`;
      if (!found.has(id)) found.set(id, {key: id, scope, tail, head, kind, tailPort, headPort, links: [], some: []});
      found.get(id).links.push(link);
      found.get(id).some.push(tensor);
    }
  }
  const segments = [...found.values()];
  for (const segment of segments) Object.assign(segment, labelled(graph, segment));
  parts.set(key, segments);
  return segments;
}

/** The port of a frame through which a tensor of the operation `inner` in it passes: one for each, if they are few. */
function portOf(graph, scope, way, inner, kind, [op, output]) {
  const child = childHolding(scope, inner), {byTensor, byChild} = portsOf(graph, scope)[way];
  if (scope.inGrid.has(child)) return `${kind} all`;
  return byTensor ? `${kind} ${op}:${output}` : byChild ? `${kind} ${child.id}` : kind;
}

/** For both ways through a frame, what its ports stand for. */
function portsOf(graph, scope) {
  if (scope.ports) return scope.ports;
  const pairs = pairsOf(graph, scope).filter(({tail, head}) => !scope.inGrid.has(tail === IN ? head : tail));
  const about = passing => {
    const tensors = new Set(passing.flatMap(({kind, links}) =>
      links.flatMap(link => tensorsOf(link).map(tensor => `${kind} ${tensor}`))));
    return {byTensor: tensors.size <= MOST_PORTS, byChild: passing.length <= MOST_PORTS};
  };
  return scope.ports = {in: about(pairs.filter(pair => pair.tail === IN)),
                        out: about(pairs.filter(pair => pair.head === OUT))};
}

/** The words at an arrow: the shape of the one tensor that flows, or how many there are. */
function labelled(graph, {kind, links, some, scope, tail, head}) {
  const flows = new Map();
  for (const tensor of some || links.flatMap(tensorsOf)) flows.set(String(tensor), tensor);
  const tensors = [...flows.values()], [op, output] = tensors[0] || [0, -1];
  const only = flows.size === 1 && output >= 0 ? graph.outputTexts(op)[output] : '';
  const inside = tail !== IN && head !== OUT && scope.kind !== 'root';
  const said = only === 'scalar' || !inside || tail.kind === 'op' && graph.textLines(tail.op).includes(only);
  const copied = graph.bytes && scope.kind === 'root';
  const label = copied ? `${amount(flows.size, 'tensor')} · ${bytesText(graph, tensors)}`
    : flows.size > 1 ? amount(flows.size, 'tensor') : said ? '' : only;
  return {tensors, count: flows.size, only: flows.size === 1 ? [op, output] : null,
          label: kind === 'data' ? label : ''};
}

/** How many bytes tensors take, "≥" where a run decides on a size: such a count stands as -1 - n. */
function bytesText(graph, tensors) {
  const counts = tensors.map(([op, output]) => graph.bytes[op][output] ?? 0);
  return (counts.some(n => n < 0) ? '≥ ' : '') + sizeText(counts.reduce((sum, n) => sum + (n < 0 ? -1 - n : n), 0));
}

const KIND_WORDS = {data: n => amount(n, 'tensor'), control: n => `${amount(n, 'operation')} to run first`,
                    write: n => `${amount(n, 'variable')} written`};

function tensorText(graph, [op, output]) {
  return output < 0 ? graph.names[op] : `${graph.names[op]}:${output}`;
}

/** What an arrow is, in a few lines. */
function arrowText(graph, {kind, tensors}) {
  const most = 12, names = tensors.slice(0, most).map(tensor => tensorText(graph, tensor));
  if (tensors.length > most) names.push(`and ${tensors.length - most} more`);
  return [KIND_WORDS[kind](tensors.length), ...names].join('\n');
}

/** What the panel says of an arrow: all that it stands for. */
function arrowView(app, {kind, tensors, links}) {
  const {graph} = app;
  const ends = ask => listOf([...new Set(links.map(link => ask(link).op))].map(op => linkTo(app, op)));
  return [
    make('header', {class: 'node'}, make('p', {class: 'path'}, 'arrow'),
      make('h2', {tabindex: '-1'}, KIND_WORDS[kind](tensors.length))),
    section(kind === 'data' ? 'Tensors' : kind === 'write' ? 'Variables' : 'Operations', listOf(tensors.map(
      ([op, output]) => [linkTo(app, op, tensorText(graph, [op, output])), ' ',
                         make('span', {class: 'shape'}, output < 0 ? '' : graph.outputTexts(op)[output])]))),
    section({data: 'Taken by', write: 'Written by', control: 'Then may run'}[kind], ends(link => link.head)),
  ];
}
