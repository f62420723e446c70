// Places. Each open scope is laid out by itself, from the inside out, and then stands as one box in the scope around
// it. So opening a scope works out that scope and those around it anew and nothing else, and no layout has many nodes.

const IN = {id: 'in'}, OUT = {id: 'out'};       // the holes in a frame through which arrows come and go
const GRID_WIDTH = 640;
const FAN = 18;         // the height in which lines spread from a hole

/** The arrows between the children of a scope, and through its frame: {tail, head, kind, links} for each pair. */
function segmentsOf(graph, scope) {
  if (scope.segments) return scope.segments;
  const found = new Map();
  const add = (tail, head, link) => {
    const key = `${tail.id} ${head.id} ${link.kind}`;
    if (!found.has(key)) found.set(key, {key: `${scope.id} ${key}`, scope, tail, head, kind: link.kind, links: []});
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
  scope.segments = [...found.values()];
  for (const segment of scope.segments) Object.assign(segment, labelled(graph, segment));
  return scope.segments;
}

/** The words at an arrow: the shape of the one tensor that flows, or how many there are. */
function labelled(graph, {kind, links, scope, tail, head}) {
  const flows = new Map();
  for (const link of links) {
    for (let i = 0; i < link.flows.length; i += 2) {
      flows.set(`${link.flows[i]}:${link.flows[i + 1]}`, link.flows.slice(i, i + 2));
    }
  }
  const [op, output] = flows.values().next().value || [0, -1];
  const only = flows.size === 1 && output >= 0 ? graph.outputTexts(op)[output] : '';
  const inside = tail !== IN && head !== OUT && scope.kind !== 'root' && kind === 'data';
  const said = only === 'scalar' || tail.kind === 'op' && graph.textLines(tail.op).includes(only);
  return {count: flows.size, only: flows.size === 1 ? [op, output] : null,
          label: !inside || said ? '' : only || amount(flows.size, 'tensor')};
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

/** Makes the next layout work out a thing and those around it. */
function forgetLayout(thing) {
  for (let each = thing; each; each = each.parent) each.layout = null;
}

/**
 * Lays out the contents of an open scope.
 * Gives {width, height, flow, places: Map(child: {x, y, width, height}), routes: [{segment, points}], holes}.
 */
function layoutOf(graph, scope, flow) {
  if (scope.layout && scope.layout.flow === flow) return scope.layout;
  const children = scope.children.filter(child => !child.isHidden);
  const sizes = new Map(children.map(child => [child, sizeOf(graph, child)]));
  const isSeen = end => end === IN || end === OUT || sizes.has(end);
  const segments = segmentsOf(graph, scope).filter(({tail, head}) => isSeen(tail) && isSeen(head));
  const joined = new Set(segments.flatMap(s => [s.tail, s.head]));
  const layout = ranked(children.filter(child => joined.has(child)), sizes, segments, flow, titleSpace(scope));
  placeInGrid(children.filter(child => !joined.has(child)), sizes, layout, flow);
  for (const route of layout.routes) route.points = ended(route, layout, flow);
  return scope.layout = layout;
}

function sizeOf(graph, thing) {
  return thing.children && thing.isOpen ? frameSize(thing, layoutOf(graph, thing, 'TB')) : boxOf(graph, thing);
}

/** The things that arrows join, in ranks. */
function ranked(children, sizes, segments, flow, titleWidth) {
  const layout = {flow, width: 0, height: 0, places: new Map(), routes: [], holes: {}};
  if (!children.length) return layout;
  const wide = flow === 'LR';
  const dag = new dagre.graphlib.Graph({multigraph: true});
  dag.setGraph({rankdir: flow, nodesep: wide ? 22 : 16, ranksep: wide ? 38 : 30, edgesep: 10});
  for (const [thing, {width, height}] of sizes) if (children.includes(thing)) dag.setNode(thing.id, {width, height});
  for (const segment of segments) {
    for (const end of [segment.tail, segment.head]) if (!sizes.has(end)) dag.setNode(end.id, {width: 1, height: 1});
    const {label} = segment;
    dag.setEdge(segment.tail.id, segment.head.id, {
      width: label ? textWidth(label, LINE_FONT) + 6 : 0, height: label && !wide ? 12 : 0, labelpos: 'c',
      weight: segment.kind === 'data' ? 2 : 1}, segment.kind);
  }
  putHolesOutside(dag, children);
  dagre.layout(dag);
  for (const child of children) layout.places.set(child, cornered(dag.node(child.id)));
  for (const hole of [IN, OUT]) if (dag.hasNode(hole.id)) layout.holes[hole.id] = dag.node(hole.id).x;
  layout.routes = segments.map(segment => {
    const {points, x, y} = dag.edge(segment.tail.id, segment.head.id, segment.kind);
    return {segment, between: points.slice(1, -1), label: segment.label ? {x, y} : null};
  });
  return fitted(layout, children, titleWidth);
}

/** Nothing stands before the hole through which arrows come in, nor after the one through which they go. */
function putHolesOutside(dag, children) {
  const ids = children.map(child => child.id);
  if (dag.hasNode(IN.id)) {
    for (const id of ids.filter(id => !dag.predecessors(id).length)) dag.setEdge(IN.id, id, {weight: 0}, 'order');
  }
  if (dag.hasNode(OUT.id)) {
    for (const id of ids.filter(id => !dag.successors(id).length)) dag.setEdge(id, OUT.id, {weight: 0}, 'order');
  }
}

function cornered({x, y, width, height}) {
  return {x: x - width / 2, y: y - height / 2, width, height};
}

/** Moves everything so that boxes and lines begin at 0, 0, the ranks of the holes aside. */
function fitted(layout, children, titleWidth) {
  const places = children.map(child => layout.places.get(child));
  const points = layout.routes.flatMap(route => route.label ? [...route.between, route.label] : route.between);
  const left = Math.min(...places.map(p => p.x), ...points.map(p => p.x));
  const top = Math.min(...places.map(p => p.y)) - ('in' in layout.holes ? FAN : 0);
  for (const place of places) { place.x -= left; place.y -= top; }
  for (const point of points) { point.x -= left; point.y -= top; }
  for (const hole of Object.keys(layout.holes)) layout.holes[hole] -= left;
  if ('in' in layout.holes) layout.holes.in = Math.max(layout.holes.in, titleWidth);
  layout.width = Math.max(...places.map(p => p.x + p.width), ...points.map(p => p.x), (layout.holes.in || 0) + 30);
  layout.height = Math.max(...places.map(p => p.y + p.height)) + ('out' in layout.holes ? FAN : 0);
  for (const route of layout.routes) {            // beyond the boxes lines go to the holes by themselves
    const {tail, head} = route.segment;
    const isPast = p => tail === IN && p.y <= FAN || head === OUT && p.y >= layout.height - FAN;
    route.between = route.between.filter(p => !isPast(p));
  }
  return layout;
}

/** Things that no arrow joins, below the others, in rows. */
function placeInGrid(children, sizes, layout, flow) {
  const most = Math.max(GRID_WIDTH, layout.width);
  let x = 0, y = layout.height ? layout.height + 24 : 0, tallest = 0;
  for (const child of children) {
    const {width, height} = sizes.get(child);
    if (x && (x + width > most || flow === 'TB' && x > GRID_WIDTH)) { x = 0; y += tallest + 16; tallest = 0; }
    layout.places.set(child, {x, y, width, height});
    x += width + 16;
    tallest = Math.max(tallest, height);
    layout.width = Math.max(layout.width, x - 16);
    layout.height = Math.max(layout.height, y + height);
  }
}

/** The points of a route with its two ends, which lie on the outlines. */
function ended({segment, between}, layout, flow) {
  const middle = end => layout.places.has(end) ? centre(layout.places.get(end)) : null;
  const towards = between[0] || middle(segment.head) || {x: layout.holes.out, y: layout.height};
  const from = between[between.length - 1] || middle(segment.tail) || {x: layout.holes.in, y: 0};
  const points = [endPoint(segment.tail, layout, towards, flow, true), ...between,
                  endPoint(segment.head, layout, from, flow, false)];
  // From a hole to the frame a line goes straight, so that it crosses the title in one place only.
  if (segment.tail === IN) points.unshift({x: layout.holes.in, y: -HEADER});
  if (segment.head === OUT) points.push({x: layout.holes.out, y: layout.height + PADDING});
  return points;
}

function centre(place) {
  return {x: place.x + place.width / 2, y: place.y + place.height / 2};
}

function endPoint(end, layout, other, flow, isTail) {
  if (end === IN) return {x: layout.holes.in, y: 0};
  if (end === OUT) return {x: layout.holes.out, y: layout.height};
  const place = layout.places.get(end);
  if (flow === 'LR') {
    return {x: place.x + (isTail ? place.width : 0), y: within(other.y, place.y + 14, place.y + place.height - 14)};
  }
  const hole = end.isOpen && end.layout && end.layout.holes[isTail ? 'out' : 'in'];
  const x = hole === undefined || hole === false || hole === null ? within(
    other.x, place.x + Math.min(14, place.width / 3), place.x + place.width - Math.min(14, place.width / 3))
    : place.x + PADDING + hole;
  return {x, y: place.y + (isTail ? place.height : 0)};
}

function within(value, low, high) {
  return Math.max(Math.min(low, high), Math.min(high, value));
}

/** Gives places on one sheet to all that is seen: sets `thing.place`, and gives the routes and the sheet's size. */
function placeAll(graph, root, flow) {
  const layout = layoutOf(graph, root, flow);
  const todo = [[root, layout, 0, 0]], routes = [];
  while (todo.length) {
    const [scope, {places, routes: own, flow: along}, left, top] = todo.pop();
    for (const route of own) {
      routes.push({...route, flow: along, points: route.points.map(p => ({x: p.x + left, y: p.y + top})),
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
