// The picture: one SVG, in which each thing keeps its element while others come and go.

const LINE_TOP = 16;
const SIGN_TOP = {scope: 2, summary: 5, variable: 9};      // below the corner that is folded, and the lip

class Picture {
  constructor(app) {
    this.app = app;
    this.elements = new Map();
    this.frames = draw('g', {class: 'frames'});
    this.lines = draw('g', {class: 'lines'});
    this.boxes = draw('g', {class: 'boxes'});
    this.marks = draw('g', {class: 'marks', 'aria-hidden': 'true'});
    this.sheet = draw('g', {class: 'sheet'}, this.frames, this.lines, this.marks, this.boxes);
    this.svg = draw('svg', {class: 'picture', role: 'group', 'aria-label': 'the graph'}, arrowHeads(), this.sheet);
  }

  /** Forgets what is drawn: another graph comes. */
  clear() {
    for (const element of this.elements.values()) element.remove();
    this.elements.clear();
  }

  /** Lays out what is visible, and draws it; things that were there glide to their new places. */
  redraw() {
    const {graph, tree} = this.app;
    const {routes, width, height} = placeAll(graph, tree.root);
    this.routes = routes;
    this.size = {width, height};
    this.seen = seenThings(tree.root);
    const gone = new Set(this.elements.keys());
    for (const thing of this.seen) {
      gone.delete(thing.id);
      this.place(thing);
    }
    for (const id of gone) {
      this.elements.get(id).remove();
      this.elements.delete(id);
    }
    refill(this.lines, routes.map(route => this.line(route)));
    this.paint();
  }

  /** Draws a thing where it is now; anew if it was opened or closed. */
  place(thing) {
    const isFrame = !!(thing.children && thing.isOpen);
    let element = this.elements.get(thing.id);
    const {x, y, width, height} = thing.place, drawnAs = isFrame ? 'frame' : `${width} ${height}`;
    if (element && element.dataset.drawn !== drawnAs) {
      element.remove();
      element = null;
    }
    if (!element) {
      element = isFrame ? this.frame(thing) : this.box(thing);
      element.dataset.id = thing.id;
      element.dataset.frame = isFrame ? 'yes' : 'no';
      element.dataset.drawn = drawnAs;
      this.elements.set(thing.id, element);
    }
    (isFrame ? this.frames : this.boxes).append(element);       // frames in the order in which they contain others
    element.setAttribute('transform', `translate(${x} ${y})`);
    element.style.transform = `translate(${x}px,${y}px)`;
    if (isFrame) resizeFrame(element, thing);
  }

  frame(thing) {
    const title = clipped(titleOf(thing), 70);
    const close = draw('g', {class: 'toggle', role: 'button', tabindex: '0', 'aria-label': `close ${titleOf(thing)}`},
      draw('rect', {class: 'hit', width: 26, height: 24}), draw('path', {d: 'M9 12H17'}));
    const stage = stageClass(this.app.graph, thing);
    return draw('g', {class: `thing frame ${thing.kind} ${stage}${isBare(thing) ? ' bare' : ''}`},
      draw('rect', {class: 'body', rx: thing.kind === 'section' ? 10 : 7}),
      draw('title', {}, wholeText(this.app.graph, thing)),
      isBare(thing) ? null : [
        draw('text', {class: 'title', x: 12, y: 17}, title,
          draw('tspan', {class: 'count', dx: COUNT_GAP}, amount(thing.count, 'node'))), close]);
  }

  box(thing) {
    const {graph} = this.app, {titles, lines} = boxOf(graph, thing), {width, height} = thing.place;
    const look = thing.kind === 'op' || thing.kind === 'group' ? thing.role : 'scope';
    const opens = thing.kind !== 'op';
    const inset = {update: 6, train_op: -8, summary: -6}[look] || 0;
    const middle = (width + inset - (opens ? 18 : 0)) / 2;
    const top = look === 'variable' ? 22 : look === 'scope' ? 19 : LINE_TOP + 1;
    const below = top + TITLE_HEIGHT * (titles.length - 1);
    return draw('g', {class: `thing box ${thing.kind} role-${look} ${stageClass(graph, thing)}`, tabindex: '0',
                      role: 'button', 'aria-expanded': opens ? 'false' : null},
      opens ? draw('path', {class: 'behind', d: outline(look, width, height), transform: 'translate(4 4)'}) : null,
      draw('path', {class: 'body', d: outline(look, width, height)}), draw('title', {}, wholeText(graph, thing)),
      draw('text', {class: 'title', x: middle, y: top}, titles.length === 1 ? titles : titles.map((title, i) =>
        draw('tspan', {x: middle, dy: i ? TITLE_HEIGHT : 0}, title))),
      // Blanks between the texts: else they were one word to a screen reader.
      lines.map((line, i) => [' ', draw('text', {class: 'line', x: middle, y: below + LINE_HEIGHT * (i + 1)}, line)]),
      opens ? draw('g', {class: 'toggle', transform: `translate(${width - 25} ${SIGN_TOP[look] || 0})`},
        draw('rect', {class: 'hit', width: 24, height: 24}), draw('path', {d: 'M8 12H16M12 8V16'})) : null,
      ' ', draw('text', {class: 'badge', x: width - 4, y: BADGE_BASE}));
  }

  line({segment, points, isBent, label}) {
    const {kind, count} = segment, d = isBent ? bent(points) : smooth(points, 'TB');
    const path = draw('path', {
      class: 'line', d,
      'stroke-width': kind === 'control' ? 1.1 : Math.min(3, 1.1 + 0.25 * (count - 1)),
      'marker-end': kind === 'write' || segment.head === OUT ? null : `url(#head-${kind})`,
      'marker-start': kind === 'write' && segment.tail !== IN ? 'url(#tail-write)' : null});
    const at = label || middleOf(points);
    const words = draw('text', {class: 'words', x: at.x, y: at.y + 3}, segment.label);
    const element = draw('g', {class: `flow ${kind}`}, path, draw('path', {class: 'reach', d}), words,
      draw('title', {}, arrowText(this.app.graph, segment)));
    segment.element = element;
    segment.words = words;
    return element;
  }

  /** Shows what the mode says of each thing: which are dim, which have run, and notes at the arrows. */
  paint() {
    const {mode, selected} = this.app, seenSelected = selected && seenAs(selected), badges = new Map();
    for (const thing of this.seen) {
      const element = this.elements.get(thing.id), {state, badge} = mode.look(thing) || {};
      element.setAttribute('data-state', state || '');
      element.classList.toggle('selected', thing === seenSelected);
      const text = element.querySelector('.badge');
      if (text) text.textContent = badge || '';
      if (text) element.setAttribute('aria-label', spokenName(this.app.graph, thing, element));
      if (text && badge) badges.set(thing, badge);
    }
    for (const {segment} of this.routes) {
      const {state, note} = mode.lookAt(segment) || {};
      segment.element.setAttribute('data-state', state || '');
      segment.element.classList.toggle('selected', segment === this.app.selectedArrow);
      segment.words.textContent = note || segment.label;
      segment.words.classList.toggle('noted', !!note);
    }
    placeLabels(this.routes, this.seen, thing => badges.get(thing));
    this.mark(selected, seenSelected);
  }

  /** Draws lines from the selected thing to what it takes from and gives to, through frames, and dims the others. */
  mark(selected, seen) {
    const near = new Map();
    const note = (thing, kind) => {
      const other = seenAs(thing);
      if (!isInside(other, seen) && !isInside(seen, other) && !isHidden(other)) near.set(other, kind);
    };
    if (seen && !isHidden(seen)) {
      for (const op of opsIn(selected)) {
        op.into.forEach(link => note(link.tail, 'from'));
        op.out.forEach(link => note(link.head, 'to'));
      }
    }
    this.svg.classList.toggle('has-selected', near.size > 0);
    for (const thing of this.seen) this.elements.get(thing.id).setAttribute('data-near', near.get(thing) || '');
    refill(this.marks, [...near].slice(0, 60).map(([other, kind]) => draw('path', {
      class: `mark ${kind}`, d: kind === 'from' ? between(other.place, seen.place) : between(seen.place, other.place),
      'marker-end': `url(#head-${kind})`})));
  }
}

/** What is shown where one points at a thing: all of what may be cut in its box. */
function wholeText(graph, thing) {
  const name = thing.kind === 'section' ? titleOf(thing) : thing.path || titleOf(thing);
  return [name, ...linesOf(graph, thing)].join('\n');
}

function stageClass(graph, thing) {
  const section = sectionOf(thing);
  return `stage-${section ? section.palette : 'forward'}`;
}

function resizeFrame(element, thing) {
  const {width, height} = thing.place, count = element.querySelector(':scope > .title > .count');
  if (count) count.classList.toggle('absent', titleSpace(thing) + countSpace(thing) + CLOSER > width + COUNT_GAP &&
                                              thing.kind === 'section');
  const body = element.firstChild;
  body.setAttribute('width', width);
  body.setAttribute('height', height);
  body.style.width = `${width}px`;
  body.style.height = `${height}px`;
  const toggle = element.querySelector(':scope > .toggle');
  if (toggle) toggle.setAttribute('transform', `translate(${width - 28} 1)`);
}

function middleOf(points) {
  if (points.length % 2) return points[(points.length - 1) / 2];
  const a = points[points.length / 2 - 1], b = points[points.length / 2];
  return {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2};
}

/** A curve from one place to another, whichever way they lie. */
function between(a, b) {
  const from = centre(a), to = centre(b);
  const down = b.y >= a.y + a.height, up = a.y >= b.y + b.height;
  if (down || up) {
    const y1 = down ? a.y + a.height : a.y, y2 = down ? b.y - 2 : b.y + b.height + 2;
    return smooth([{x: from.x, y: y1}, {x: to.x, y: y2}], 'TB');
  }
  const [x1, x2] = to.x > from.x ? [a.x + a.width, b.x - 2] : [a.x, b.x + b.width + 2];
  return smooth([{x: x1, y: from.y}, {x: x2, y: to.y}], 'LR');
}

function arrowHeads() {
  const head = (id, d, more) => draw('marker', {
    id, class: `arrowhead ${id}`, viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7,
    markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse', ...more}, draw('path', {d}));
  const solid = 'M0 1L10 5L0 9Z';
  return draw('defs', {}, head('head-data', solid), head('head-control', 'M1 1L9 5L1 9'),
    head('head-from', solid), head('head-to', solid),
    head('tail-write', solid, {markerWidth: 8, markerHeight: 8}));
}
