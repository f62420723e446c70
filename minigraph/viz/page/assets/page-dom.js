// Elements. All text goes in as text nodes and attributes, never as markup, so that no name can become any.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element: `make('button', {class: 'x', onclick: f}, 'text', child…)`; a null child is left out. */
function make(tag, properties, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** The same for SVG. */
function draw(tag, properties, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

const isThere = child => child !== null && child !== undefined && child !== false;

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}

/** Puts other children in place of those that an element has. */
function refill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(isThere));
}

/** Remembers what has the focus in an element; gives what brings it back once the element has been filled anew. */
function focusIn(element) {
  const had = document.activeElement;
  if (had === element || !element.contains(had)) return () => {};
  const is = other => other.localName === had.localName && other.id === had.id && labelOf(other) === label;
  const label = labelOf(had), alike = () => [...element.querySelectorAll(had.localName)].filter(is);
  const place = alike().indexOf(had);
  return () => (alike()[place] || alike()[0] || element).focus({preventScroll: true});
}

function labelOf(element) {
  return element.getAttribute('aria-label') || element.value || element.firstChild && element.firstChild.textContent;
}

/** 1 node, 2 nodes, 1,234 nodes, 2 boxes. */
function amount(number, noun) {
  const plural = noun + (/[xs]$/.test(noun) ? 'es' : 's');
  return number.toLocaleString('en') + ' ' + (number === 1 ? noun : plural);
}

/** Cuts the middle out of a long text: both ends of a name tell things apart. */
function clipped(text, longest) {
  if (text.length <= longest) return text;
  const left = (longest - 1) >> 1;
  return text.slice(0, left) + '…' + text.slice(left + 1 - longest);
}

/** Cuts out of a name as much of its beginning as there is no room for: names are alike there, and end differently. */
function fitting(name, room, widthOf) {
  let start = 0;
  while (start < name.length && widthOf((start ? '…' : '') + name.slice(start)) > room) start += 1;
  return (start ? '…' : '') + name.slice(start);
}

/** Collects things under keys. */
function grouped(things, keyOf) {
  const groups = new Map();
  for (const thing of things) {
    const key = keyOf(thing);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(thing);
  }
  return groups;
}
