// Places. Each open scope is laid out by itself, from the inside out, and then stands as one box in the scope around
// it. So opening a scope works out that scope and those around it anew and nothing else, and no layout has many nodes.

const FAN = 18;             // the height in which lines spread from a port
const BESIDE = 5, BESIDE_NEXT = 2;      // from a frame to the first line that goes round it, and to the next
const WRITE_GAP = 8;        // between the end of an arrow that writes a variable and the nearest other end
const PORT_GAP = 10;        // between two ports of a frame
const GRID_SHAPE = 1.5;     // width by height of a grid

/** Makes the next layout work out a thing and those around it. */
function forgetLayout(thing) {
  for (let each = thing; each; each = each.parent) each.layout = null;
}

/**
 * Lays out the contents of an open scope.
 * Gives {width, height, places: Map(child: {x, y, width, height}), routes: [{segment, points, label}],
 * ports: {in: Map(port: x), out}}.
 */
function layoutOf(graph, scope) {
  if (scope.layout) return scope.layout;
  const children = scope.children.filter(child => !child.isHidden);
  const sizes = new Map(children.map(child => [child, sizeOf(graph, child)]));
  const isSeen = end => (end === IN || end === OUT || sizes.has(end)) && !(scope.inGrid && scope.inGrid.has(end));
  const segments = segmentsOf(graph, scope).filter(({tail, head}) => isSeen(tail) && isSeen(head));
  if (scope.kind === 'root') return scope.layout = columned(graph, scope, children, sizes, segments);
  const joined = new Set(segments.flatMap(s => [s.tail, s.head]));
  const layout = ranked(children.filter(child => joined.has(child)), sizes, segments, titleSpace(scope));
  placeInGrid(children.filter(child => !joined.has(child)), sizes, layout);
  for (const route of layout.routes) route.points = ended(route, layout);
  partWrites(layout);
  return scope.layout = widened(layout);
}

function sizeOf(graph, thing) {
  return thing.children && thing.isOpen ? frameSize(thing, layoutOf(graph, thing)) : boxOf(graph, thing);
}

/** The node that stands for the end of a segment where it is laid out: a child, or a port of the frame. */
function endId(end, port) {
  return end === IN || end === OUT ? `${end.id} ${port}` : end.id;
}

/** The things that arrows join, in ranks. */
function ranked(children, sizes, segments, titleWidth) {
  const layout = {width: 0, height: 0, places: new Map(), routes: [], ports: {in: new Map(), out: new Map()}};
  if (!children.length) return layout;
  const dag = new dagre.graphlib.Graph({multigraph: true});
  dag.setGraph({rankdir: 'TB', nodesep: 16, ranksep: 30, edgesep: 10});
  for (const child of children) dag.setNode(child.id, {...sizes.get(child)});
  for (const {tail, head, tailPort, headPort, kind, key, label} of segments) {
    if (tail === IN) layout.ports.in.set(tailPort, 0);
    if (head === OUT) layout.ports.out.set(headPort, 0);
    for (const id of [tail === IN && endId(IN, tailPort), head === OUT && endId(OUT, headPort)]) {
      if (id) dag.setNode(id, {width: 1, height: 1});
    }
    dag.setEdge(endId(tail, tailPort), endId(head, headPort), {
      width: label ? textWidth(label, WORDS_FONT) + 6 : 0, height: label ? 13 : 0, labelpos: 'c',
      weight: kind === 'data' ? 2 : 1}, key);
  }
  putPortsOutside(dag, children, layout.ports);
  dagre.layout(dag);
  for (const child of children) layout.places.set(child, cornered(dag.node(child.id)));
  for (const end of [IN, OUT]) {
    const ports = layout.ports[end.id];
    for (const port of ports.keys()) ports.set(port, dag.node(endId(end, port)).x);
  }
  layout.routes = segments.map(segment => {
    const {tail, head, tailPort, headPort, key, label} = segment;
    const {points, x, y} = dag.edge(endId(tail, tailPort), endId(head, headPort), key);
    return {segment, between: points.slice(1, -1), label: label ? {x, y} : null};
  });
  return fitted(layout, children, titleWidth);
}

/** Nothing stands before the ports through which arrows come in, nor after those through which they go. */
function putPortsOutside(dag, children, ports) {
  const ids = children.map(child => child.id);
  const first = ids.filter(id => !dag.predecessors(id).some(other => ids.includes(other)));
  const last = ids.filter(id => !dag.successors(id).some(other => ids.includes(other)));
  for (const [end, nearest] of [[IN, first], [OUT, last]]) {
    if (!ports[end.id].size) continue;
    const join = (id, weight, minlen) => {
      const [from, to] = end === IN ? [end.id, id] : [id, end.id];
      dag.setEdge(from, to, {weight, minlen}, 'order');
    };
    dag.setNode(end.id, {width: 1, height: 1});
    for (const port of ports[end.id].keys()) join(endId(end, port), 8, 1);
    for (const id of nearest) join(id, 0, 2);
  }
}

function cornered({x, y, width, height}) {
  return {x: x - width / 2, y: y - height / 2, width, height};
}

/** Moves everything so that boxes and lines begin at 0, 0, the ranks of the ports aside. */
function fitted(layout, children, titleWidth) {
  const {ports} = layout, places = children.map(child => layout.places.get(child));
  const bottom = Math.max(...places.map(p => p.y + p.height)), top = Math.min(...places.map(p => p.y));
  for (const route of layout.routes) {            // beyond the boxes lines go to the ports by themselves
    const {tail, head} = route.segment;
    route.between = route.between.filter(p => !(tail === IN && p.y <= top || head === OUT && p.y >= bottom));
  }
  const points = layout.routes.flatMap(route => route.label ? [...route.between, route.label] : route.between);
  const left = Math.min(...places.map(p => p.x), ...points.map(p => p.x));
  const start = top - (ports.in.size ? FAN : 0);
  for (const place of places) { place.x -= left; place.y -= start; }
  for (const point of points) { point.x -= left; point.y -= start; }
  const most = [spread(ports.in, left, titleWidth), spread(ports.out, left, 0)];
  layout.width = Math.max(...places.map(p => p.x + p.width), ...points.map(p => p.x), ...most);
  layout.height = Math.max(...places.map(p => p.y + p.height)) + (ports.out.size ? FAN : 0);
  return layout;
}

/** Puts ports side by side, none before `least`, where the title of the frame ends; gives how far they reach. */
function spread(ports, left, least) {
  let next = least;
  for (const [port, x] of [...ports].sort((a, b) => a[1] - b[1])) {
    ports.set(port, Math.max(x - left, next));
    next = ports.get(port) + PORT_GAP;
  }
  return ports.size ? next + 20 : 0;
}

/** Makes room at the sides for lines that go round a frame. */
function widened(layout) {
  const {places, ports, routes} = layout, points = routes.flatMap(route => route.points);
  const left = Math.min(0, ...points.map(p => p.x)), right = Math.max(layout.width, ...points.map(p => p.x));
  for (const at of [...places.values(), ...points, ...routes.flatMap(route => route.label || [])]) at.x -= left;
  for (const each of [ports.in, ports.out]) for (const [port, x] of each) each.set(port, x - left);
  layout.width = right - left;
  return layout;
}

/** Things that no arrow joins, below the others, in rows. */
function placeInGrid(children, sizes, layout) {
  if (!children.length) return;
  const all = children.map(child => sizes.get(child)), widths = all.map(size => size.width);
  const area = all.reduce((sum, {width, height}) => sum + (width + 16) * (height + 16), 0);
  const most = Math.max(...widths, layout.width, Math.sqrt(area * GRID_SHAPE));
  const isEven = Math.max(...widths) < 1.5 * Math.min(...widths), cell = isEven ? Math.max(...widths) : 0;
  let x = 0, y = layout.height ? layout.height + 24 : 0, tallest = 0;
  for (const child of children) {
    const {width, height} = sizes.get(child);
    if (x && x + width > most) { x = 0; y += tallest + 16; tallest = 0; }
    layout.places.set(child, {x, y, width, height});
    layout.width = Math.max(layout.width, x + width);
    layout.height = Math.max(layout.height, y + height);
    x += Math.max(width, cell) + 16;
    tallest = Math.max(tallest, height);
  }
}

/** The points of a route with its two ends, which lie on the outlines. */
function ended({segment, between}, layout) {
  const {tail, head, tailPort, headPort} = segment, {ports, places} = layout;
  const middle = end => places.has(end) ? centre(places.get(end)) : end === IN ? {x: ports.in.get(tailPort), y: 0}
    : {x: ports.out.get(headPort), y: layout.height};
  const points = [...endPoints(segment, layout, between[0] || middle(head), true), ...between,
                  ...endPoints(segment, layout, between[between.length - 1] || middle(tail), false).reverse()];
  // From a port to the frame a line goes straight, so that it crosses the title in one place only.
  if (tail === IN) points.unshift({x: points[0].x, y: -HEADER});
  if (head === OUT) points.push({x: points[points.length - 1].x, y: layout.height + PADDING});
  return points;
}

/** Moves the ends of arrows that write a variable away from those of arrows that read it. */
function partWrites({routes, places}) {
  const isWrite = route => route.segment.kind === 'write', others = routes.filter(route => !isWrite(route));
  const ends = others.flatMap(({points}) => [points[0], points[points.length - 1]]);
  for (const {segment: {tail}, points: [end]} of routes.filter(isWrite)) {
    if (tail === IN || tail.isOpen) continue;
    const {x, width} = places.get(tail), least = Math.min(5, width / 8);
    const isFree = at => at >= x + least && at <= x + width - least &&
      !ends.some(other => other.y === end.y && Math.abs(other.x - at) < WRITE_GAP);
    const aside = [0, 1, -1, 2, -2, 3, -3].map(i => end.x + i * WRITE_GAP).find(isFree);
    if (aside !== undefined) end.x = aside;
  }
}

function centre(place) {
  return {x: place.x + place.width / 2, y: place.y + place.height / 2};
}

/** Where a route begins or ends, from the outline on. Arrows go downwards; one that goes back leaves at the top. */
function endPoints(segment, layout, other, isTail) {
  const end = isTail ? segment.tail : segment.head, port = isTail ? segment.tailPort : segment.headPort;
  if (end === IN) return [{x: layout.ports.in.get(port), y: 0}];
  if (end === OUT) return [{x: layout.ports.out.get(port), y: layout.height}];
  const place = layout.places.get(end), least = Math.min(14, place.width / 3);
  const top = place.y, bottom = top + place.height, goesBack = isTail ? other.y < top : other.y > bottom;
  const inside = end.isOpen && end.layout ? end.layout.ports[isTail ? 'out' : 'in'].get(port) : undefined;
  if (inside === undefined) {
    return [{x: within(other.x, place.x + least, place.x + place.width - least),
             y: isTail !== goesBack ? bottom : top}];
  }
  const at = {x: place.x + PADDING + inside, y: isTail ? bottom : top};
  const among = goesBack ? [...end.layout.ports[isTail ? 'out' : 'in'].keys()].indexOf(port) : 0;
  return goesBack ? [at, ...besides(place, other, isTail, BESIDE + BESIDE_NEXT * among)] : [at];
}

/** The way from a port at the far side of a frame round it. */
function besides({x, y, width, height}, other, isTail, distance) {
  const side = other.x < x + width / 2 ? x - distance : x + width + distance;
  const ends = [{x: side, y: y + height + distance}, {x: side, y: y - distance}];
  return isTail ? ends : ends.reverse();
}

function within(value, low, high) {
  return Math.max(Math.min(low, high), Math.min(high, value));
}

/** Gives places on one sheet to all that is seen: sets `thing.place`, and gives the routes and the sheet's size. */
function placeAll(graph, root) {
  const layout = layoutOf(graph, root);
  const todo = [[root, layout, 0, 0]], routes = [];
  while (todo.length) {
    const [scope, {places, routes: own}, left, top] = todo.pop();
    for (const route of own) {
      routes.push({...route, isBent: scope === root, points: route.points.map(p => ({x: p.x + left, y: p.y + top})),
                   label: route.label && {x: route.label.x + left, y: route.label.y + top}});
    }
    for (const [child, place] of places) {
      child.place = {...place, x: place.x + left, y: place.y + top};
      if (child.children && child.isOpen) {
        todo.push([child, child.layout, child.place.x + PADDING, child.place.y + HEADER]);
      }
    }
  }
  return {routes, width: layout.width, height: layout.height};
}
