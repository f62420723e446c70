// The sections: in columns, read from top to bottom and from left to right, like those of a newspaper. Arrows between
// them are led round them: out at a side, along the gutters between the columns, above or below whole columns.

const GAP = 34;             // between two sections in a column
const PORT = 17, LEAST_PORT = 14;       // between the ends of two arrows at a side: well apart, and at least
const LANE = 7, EDGE = 9;       // between two lines in a gutter, and between a section and the first
const TIP = 8, BEND = 6;
const ABOVE = 9;            // from an arrow to the middle of its words
const OVER = 14, LEVEL = 12;    // from the columns to the first arrow that goes round them, and from it to the next

/** Breaks the sections into the columns with which the sheet is seen largest in a room; only one where it is narrow. */
function chooseColumns(graph, root, room, isNarrow) {
  const shown = root.children.filter(child => !child.isHidden);
  const heights = shown.map(child => sizeOf(graph, child).height);
  const tried = new Set();
  let best = null;
  for (const most of isNarrow ? [Infinity] : possibleHeights(heights)) {
    const columns = broken(heights, most);
    if (tried.has(String(columns))) continue;
    tried.add(String(columns));
    root.columns = new Map(shown.map((child, i) => [child, columns[i]]));
    root.layout = null;
    const layout = layoutOf(graph, root), scale = Math.min(room.width / layout.width, room.height / layout.height);
    if (!best || scale > best.scale) best = {scale, columns: root.columns, layout};
  }
  if (best) Object.assign(root, {columns: best.columns, layout: best.layout});
}

/** The heights of all stacks of neighbours. */
function possibleHeights(heights) {
  const found = new Set();
  heights.forEach((_, from) => heights.slice(from).reduce((total, height) => {
    found.add(Math.ceil(total + height));
    return total + height + GAP;
  }, 0));
  return [...found].filter(height => height >= Math.max(...heights)).sort((a, b) => a - b);
}

/** The column of each, where none may be higher than `most`. */
function broken(heights, most) {
  let column = 0, used = 0;
  return heights.map((height, i) => {
    if (i && used + GAP + height > most) { column += 1; used = height; }
    else used += (i ? GAP : 0) + height;
    return column;
  });
}

/** Lays out the sections in the columns that were chosen. */
function columned(graph, root, children, sizes, segments) {
  const columns = root.columns && children.every(child => root.columns.has(child)) ? root.columns
    : new Map(children.map(child => [child, 0]));
  const frames = new Map(), rows = [];
  for (const child of children) {
    const column = columns.get(child), row = rows[column] = (rows[column] ?? -1) + 1;
    frames.set(child, {column, row, ports: {left: [], right: [], top: [], bottom: []}});
  }
  const ways = segments.map(segment => wayOf(segment, frames));
  planWays(ways);
  putFrames(frames, sizes, ways);
  const layout = {places: new Map(), width: 0, height: 0, ports: {in: new Map(), out: new Map()},
                  routes: ways.map(way => ({segment: way.segment, points: way.points, label: way.label}))};
  const all = [...frames.values(), ...ways.flatMap(way => way.points.map(({x, y}) => (
    {left: x, right: x, top: y, bottom: y})))];
  const left = Math.min(0, ...all.map(f => f.left)), top = Math.min(0, ...all.map(f => f.top));
  layout.width = Math.max(0, ...all.map(f => f.right)) - left;
  layout.height = Math.max(0, ...all.map(f => f.bottom)) - top;
  for (const [child, f] of frames) {
    layout.places.set(child, {x: f.left - left, y: f.top - top, width: f.right - f.left, height: f.bottom - f.top});
  }
  for (const {points, label} of layout.routes) {
    for (const point of label ? [...points, label] : points) { point.x -= left; point.y -= top; }
  }
  return layout;
}

/** The way of an arrow, which for a write leads to the variable. */
function wayOf(segment, frames) {
  const ends = [frames.get(segment.tail), frames.get(segment.head)];
  const [begin, end] = segment.kind === 'write' ? ends.reverse() : ends;
  return {segment, begin, end, words: segment.label ? textWidth(segment.label, WORDS_FONT) + 8 : 0, gutters: [],
          bus: '', sides: ['right', 'left'], at: {}, lanes: {}, level: 0, points: [], label: null};
}

/** Decides at which sides ways begin and end, and along which gutters they go; gutter 1 lies behind column 0. */
function planWays(ways) {
  for (const way of ways) {
    planWay(way);
    way.begin.ports[way.sides[0]].push([way, 'begin']);
    way.end.ports[way.sides[1]].push([way, 'end']);
  }
  for (const bus of ['above', 'below']) {               // the longer ways outside, so that few cross
    const distance = way => Math.abs(way.gutters[1] - way.gutters[0]);
    ways.filter(way => way.bus === bus).sort((a, b) => distance(a) - distance(b))
      .forEach((way, level) => { way.level = level; });
  }
}

function planWay(way) {
  const a = way.begin, b = way.end;
  if (a.column === b.column) {
    const isNext = b.row === a.row + 1;
    way.sides = isNext ? ['bottom', 'top'] : ['right', 'right'];
    way.gutters = isNext ? [] : [a.column + 1];
    return;
  }
  const isBack = b.column < a.column, [from, to] = isBack ? [a.column, b.column + 1] : [a.column + 1, b.column];
  if (isBack) way.sides = ['left', 'right'];
  way.gutters = from === to ? [from] : [from, to];
  if (from !== to) way.bus = isBack ? 'below' : 'above';
}

const isReturn = way => way.sides[0] === way.sides[1];

/** Gives each frame its place, and each way its corners. */
function putFrames(frames, sizes, ways) {
  const gutters = [];
  let x = 0;
  const last = Math.max(0, ...[...frames.values()].map(f => f.column));
  for (let column = 0; column <= last; column++) {
    gutters[column] = x;
    if (column) x += gutterWidth(ways, column);
    let y = 0, widest = 0;
    for (const [child, f] of frames) {
      if (f.column !== column) continue;
      const {width, height} = sizes.get(child), ends = Math.max(f.ports.left.length, f.ports.right.length);
      const tall = Math.max(height, LEAST_PORT * (ends + 1) + 22);
      Object.assign(f, {left: x, right: x + width, top: y, bottom: y + tall});
      y += tall + GAP;
      widest = Math.max(widest, width);
    }
    x += widest;
  }
  gutters.push(x);
  layWays(ways, [...frames.values()], gutters);
}

/** How wide a gutter must be for its lanes, and for the words before the ends of ways. */
function gutterWidth(ways, number) {
  const along = ways.filter(way => way.gutters.includes(number));
  const words = along.filter(way => !isReturn(way) && number === speaksIn(way)).map(way => way.words);
  return 2 * EDGE + roomBefore(along) + LANE * along.length + Math.max(14, ...words.map(w => w + TIP));
}

function roomBefore(along) {
  return Math.max(0, ...along.filter(way => isReturn(way) && way.words).map(way => way.words + TIP));
}

/** The gutter in which the words of a way stand: where it comes in from the left, or goes out to the left. */
function speaksIn({gutters, sides}) {
  return sides[1] === 'left' ? gutters[gutters.length - 1] : gutters[0];
}

function layWays(ways, frames, gutters) {
  for (const frame of frames) for (const side of Object.keys(frame.ports)) placePorts(frame, side);
  for (const way of ways) straighten(way);
  gutters.forEach((left, number) => {
    const along = ways.filter(way => way.gutters.includes(number)), first = left + EDGE + roomBefore(along);
    along.sort(byTurn).forEach((way, i) => { way.lanes[number] = first + LANE * i; });
  });
  const passed = new Set(ways.filter(way => way.bus).flatMap(({gutters: [a, b]}) =>
    Array.from({length: Math.abs(a - b)}, (_, i) => Math.min(a, b) + i)));
  const columns = frames.filter(frame => passed.has(frame.column));
  const top = Math.min(...columns.map(f => f.top)), bottom = Math.max(...columns.map(f => f.bottom));
  for (const way of ways) {
    const distance = OVER + LEVEL * way.level;
    turn(way, way.bus === 'above' ? top - distance : bottom + distance);
    if (way.segment.kind === 'write') way.points.reverse();
  }
}

/** The height from which a way comes to an end, by which the ends at one side are sorted. */
function heightBefore([way, end]) {
  if (way.bus) return (way.bus === 'above' ? -1 : 1) * (1e6 - way.level);
  const other = end === 'begin' ? way.end : way.begin;
  return (other.top + other.bottom) / 2;
}

function placePorts(frame, side) {
  const ports = frame.ports[side], count = ports.length;
  if (side === 'left' || side === 'right') {
    ports.sort((a, b) => heightBefore(a) - heightBefore(b));
    const step = Math.min(2 * PORT, (frame.bottom - frame.top - 22) / (count + 1));
    const first = (frame.top + frame.bottom) / 2 + 8 - step * (count - 1) / 2;
    ports.forEach(([way, end], i) => { way.at[end] = first + step * i; });
  } else {
    ports.forEach(([way, end], i) => {
      const low = Math.max(way.begin.left, way.end.left), high = Math.min(way.begin.right, way.end.right);
      way.at[end] = low + (high - low) * (i + 1) / (count + 1);
    });
  }
}

/** Lets a way to the next column begin at the height at which it ends, if there is room. */
function straighten(way) {
  if (way.gutters.length !== 1 || isReturn(way)) return;
  const frame = way.begin, wanted = way.at.end;
  const others = frame.ports[way.sides[0]].filter(([other]) => other !== way).map(([other, end]) => other.at[end]);
  const isFree = others.every(other => Math.abs(wanted - other) >= PORT);
  if (frame.top + 22 < wanted && wanted < frame.bottom - 8 && isFree) way.at.begin = wanted;
}

/** The order of the lanes in a gutter: what comes from the left and goes up turns first. */
function byTurn(a, b) {
  const key = way => {
    const rises = way.bus === 'above' || !way.bus && way.at.end < way.at.begin;
    return [Number(isReturn(way)), Number(way.bus === 'below'), rises ? -way.at.begin : way.at.begin];
  };
  const [one, other] = [key(a), key(b)], i = one.findIndex((value, j) => value !== other[j]);
  return i < 0 ? 0 : one[i] - other[i];
}

/** Finds the corners of a way, and where its words stand: before its end. */
function turn(way, level) {
  const {begin: a, end: b, at, sides, gutters, lanes} = way, half = way.words / 2;
  if (sides[0] === 'bottom') {
    way.points = [{x: at.begin, y: a.bottom}, {x: at.begin, y: b.top}];
    way.label = {x: at.begin + 4 + half, y: (a.bottom + b.top) / 2 - 3};
    return;
  }
  const from = lanes[gutters[0]], to = lanes[gutters[gutters.length - 1]], x0 = a[sides[0]], x1 = b[sides[1]];
  const turns = way.bus ? [[from, at.begin], [from, level], [to, level], [to, at.end]]
    : Math.abs(at.begin - at.end) < 0.5 ? [] : [[from, at.begin], [from, at.end]];
  way.points = [[x0, at.begin], ...turns, [x1, at.end]].map(([x, y]) => ({x, y}));
  const left = sides[0] === 'left' ? x0 - 4 - half : x1 + TIP + half;
  way.label = sides[1] === 'left' ? {x: x1 - TIP - half, y: at.end - ABOVE}
    : {x: left, y: (sides[0] === 'left' ? at.begin : at.end) - ABOVE};
}

/** A line along corners, which are rounded. */
function bent(points) {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i], [begin, end] = [points[i - 1], points[i + 1]].map(other => {
      const distance = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
      const share = Math.min(BEND, distance / 2) / distance;
      return {x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share};
    });
    path += `L${begin.x} ${begin.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
  }
  const {x, y} = points[points.length - 1];
  return `${path}L${x} ${y}`;
}
