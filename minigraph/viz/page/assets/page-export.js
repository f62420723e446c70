// The current view as an SVG file that any program draws: what the style sheet says is written into the elements.

const WRITTEN = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity',
                 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'stroke-linejoin'];

const UNWRITTEN = ['tabindex', 'role', 'style', 'aria-expanded', 'aria-label', 'class', 'data-id', 'data-frame',
                   'data-drawn', 'data-state', 'data-near'];

/** Gives the picture as the text of an SVG file. */
function exported(app) {
  const {svg, size} = app.picture, margin = 16;
  const copy = svg.cloneNode(true);
  writeStyles(svg, copy);
  copy.querySelector('.sheet').setAttribute('transform', `translate(${margin} ${margin})`);
  for (const unseen of copy.querySelectorAll('.toggle, .hit, .reach, .flow > title')) unseen.remove();
  for (const element of [copy, ...copy.querySelectorAll('*')]) UNWRITTEN.forEach(name => element.removeAttribute(name));
  const width = Math.ceil(size.width + 2 * margin), height = Math.ceil(size.height + 2 * margin);
  filled(copy, {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': 'graph-title'}, []);
  copy.prepend(draw('title', {id: 'graph-title'}, app.title),
    draw('rect', {width, height, fill: getComputedStyle(document.body).backgroundColor}));
  return new XMLSerializer().serializeToString(copy);
}

function writeStyles(from, to) {
  const style = getComputedStyle(from);
  for (const name of WRITTEN) {
    const value = style.getPropertyValue(name);
    if (value && value !== 'none' || name === 'fill' || name === 'stroke') to.setAttribute(name, value);
  }
  if (style.display === 'none' || style.visibility === 'hidden') to.setAttribute('display', 'none');
  for (let i = 0; i < from.children.length; i++) writeStyles(from.children[i], to.children[i]);
}

/** Hands a text to the reader as a file. */
function download(name, text, type) {
  const link = make('a', {href: URL.createObjectURL(new Blob([text], {type})), download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
