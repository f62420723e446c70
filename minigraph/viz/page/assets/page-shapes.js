// Boxes: how large they are, and their outlines. Every role has a shape of its own, the same as in static pictures.

const TITLE_FONT = '600 13px Helvetica, Arial, sans-serif', LINE_FONT = '11px Helvetica, Arial, sans-serif';
const HEADER = 26, PADDING = 12, LINE_HEIGHT = 14, TITLE_HEIGHT = 15;
const COUNT_GAP = 8, CLOSER = 42;      // before the count in a frame; the room for the sign that closes it
const LONGEST_TITLE = 24, NARROW_TITLE = 20, LONGEST_LINE = 34;    // letters in a line of a box
const MOST_TITLE = 96;                                             // a longer name is whole where one points at it
const measured = new Map();

/** The width of a text in pixels. */
function textWidth(text, font) {
  const key = font + text;
  if (!measured.has(key)) {
    textWidth.canvas = textWidth.canvas || document.createElement('canvas').getContext('2d');
    textWidth.canvas.font = font;
    measured.set(key, textWidth.canvas.measureText(text).width);
  }
  return measured.get(key);
}

/** What stands in a closed box, and the size that it takes. Long names are wrapped, so that they can be read whole. */
function boxOf(graph, thing) {
  if (!thing.box) {
    const longest = thing.kind === 'section' ? NARROW_TITLE : LONGEST_TITLE;
    const titles = wrapped(clipped(titleOf(thing), MOST_TITLE), longest);
    const lines = linesOf(graph, thing).map(line => clipped(line, LONGEST_LINE));
    const widest = Math.max(...titles.map(title => textWidth(title, TITLE_FONT)),
      ...lines.map(line => textWidth(line, LINE_FONT)));
    const extra = {placeholder: 26, train_op: 30, control: 34, update: 30, summary: 26}[thing.role] || 20;
    const room = thing.kind === 'op' ? 0 : 18;          // for the sign that opens it
    const tall = {variable: 10, scope: 4}[thing.role] || 0;
    thing.box = {titles, lines, width: Math.round(Math.max(44, widest + extra + room)),
                 height: 25 + TITLE_HEIGHT * (titles.length - 1) + LINE_HEIGHT * lines.length + tall};
  }
  return thing.box;
}

/** Breaks a text into lines of about some length, behind the characters at which names are put together. */
function wrapped(text, longest) {
  const lines = [];
  for (let rest = text; rest;) {
    let end = rest.length;
    if (end > longest) {
      end = 1 + Math.max(...[...'/_ .:-'].map(sign => rest.lastIndexOf(sign, longest - 1)));
      if (end < longest / 3) end = longest;
    }
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return lines.length ? lines : [''];
}

/** How far the title of a frame reaches; a part says how many nodes it has only where it is wide enough. */
function titleSpace(thing) {
  if (thing.kind === 'root' || isBare(thing)) return 0;
  const title = textWidth(clipped(titleOf(thing), 70), TITLE_FONT) + 14;
  return Math.round(thing.kind === 'section' ? title : title + countSpace(thing));
}

function countSpace(thing) {
  return textWidth(amount(thing.count, 'node'), LINE_FONT) + COUNT_GAP;
}

/** The size of an open frame around contents of some size. */
function frameSize(thing, contents) {
  return {width: Math.max(contents.width + 2 * PADDING, isBare(thing) ? 0 : titleSpace(thing) + CLOSER),
          height: contents.height + HEADER + PADDING};
}

/** The outline of a box as the data of a path, its upper left corner at 0, 0. */
function outline(role, w, h) {
  switch (role) {
    case 'placeholder':
      return rounded(w, h, h / 2);
    case 'variable':
      return `M0 5A${w / 2} 5 0 0 1 ${w} 5V${h - 5}A${w / 2} 5 0 0 1 0 ${h - 5}Z` +
             `M${w} 5A${w / 2} 5 0 0 1 0 5`;
    case 'update':
      return `M8 0H${w}V${h}H8V${h - 6}H3V${h - 11}H8V11H3V6H8Z`;
    case 'summary':
      return `M0 0H${w - 10}L${w} 10V${h}H0ZM${w - 10} 0V10H${w}`;
    case 'control':
      return `M0 ${h / 2}L12 0H${w - 12}L${w} ${h / 2}L${w - 12} ${h}H12Z`;
    case 'train_op':
      return `M0 0H${w - 12}L${w} ${h / 2}L${w - 12} ${h}H0Z`;
    case 'scope':
      return `M0 4Q0 0 4 0H34L40 4H${w - 4}Q${w} 4 ${w} 8V${h - 4}Q${w} ${h} ${w - 4} ${h}H4Q0 ${h} 0 ${h - 4}Z`;
    case 'constant':
      return `M0 ${h}H${w}`;
    default:
      return rounded(w, h, 7);
  }
}

function rounded(w, h, r) {
  return `M${r} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}` +
         `A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
}

/** The point at a share of the way along such a line, each of its pieces counting the same. */
function pointAlong({points, isBent}, share) {
  const i = Math.min(points.length - 2, Math.floor(share * (points.length - 1)));
  const a = points[i], b = points[i + 1], t = share * (points.length - 1) - i;
  const part = (from, to, share) => from + (to - from) * share;
  if (isBent) return {x: part(a.x, b.x, t), y: part(a.y, b.y, t)};
  return {x: part(a.x, b.x, 3 * t * t - 2 * t ** 3), y: part(a.y, b.y, 1.5 * t * (1 - t) + t ** 3)};
}

/** A smooth line through points that leaves and arrives along the flow ("TB" or "LR"). */
function smooth(points, flow) {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1], b = points[i];
    if (flow === 'LR') path += `C${(a.x + b.x) / 2} ${a.y} ${(a.x + b.x) / 2} ${b.y} ${b.x} ${b.y}`;
    else path += `C${a.x} ${(a.y + b.y) / 2} ${b.x} ${(a.y + b.y) / 2} ${b.x} ${b.y}`;
  }
  return path;
}
