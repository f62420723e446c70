// Values: in a word for an arrow, and in full for the panel.

/** A number as short as it can be read. */
function short(value) {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** "12 B", "3.4 kB", "5.6 MB" or "7.8 GB". */
function sizeText(count) {
  const [unit, size] = [['GB', 1e9], ['MB', 1e6], ['kB', 1e3]].find(([, least]) => count >= least) || ['B', 1];
  return `${Number((count / size).toPrecision(3))} ${unit}`;
}

function shapeText(shape) {
  if (!shape) return 'no array';
  return !shape.length ? 'scalar' : shape.length === 1 ? `[${shape[0]}]` : shape.join(' × ');
}

/** A value in a word: itself if it is a few numbers, else its shape and mean. */
function valueText(value) {
  if (!value) return '';
  if (value.values && value.values.length <= 3) {
    const text = value.values.map(short).join(', ');
    return value.shape.length ? `[${clipped(text, 24)}]` : clipped(text, 24);
  }
  const mean = value.stats ? value.stats.mean : meanOf(value.values || []);
  return shapeText(value.shape) + (typeof mean === 'number' ? ` μ ${short(mean)}` : '');
}

function meanOf(values) {
  const numbers = values.filter(v => typeof v === 'number');
  return numbers.length ? numbers.reduce((a, b) => a + b, 0) / numbers.length : undefined;
}

/** A value in full: a table of a small array, what a large one is like. */
function valueView(value) {
  if (!value) return make('p', {class: 'faint'}, 'no value');
  const type = make('p', {class: 'faint'}, `${shapeText(value.shape)} ${value.dtype}`);
  if (value.stats) return make('div', {class: 'value'}, type, statsView(value.stats));
  if (!value.values) return make('div', {class: 'value'}, type);
  if (!value.values.length) return make('div', {class: 'value'}, type, make('p', {}, 'no elements'));
  return make('div', {class: 'value'}, type, value.shape.length ? tableView(value) : make(
    'p', {class: 'scalar'}, typeof value.values[0] === 'number' ? String(value.values[0]) : value.values[0] === null
      ? 'none' : String(value.values[0])));
}

/** The numbers in rows, each cell tinted by its size, so that patterns are seen before they are read. */
function tableView({values, shape}) {
  const columns = shape[shape.length - 1] || 1;
  const largest = Math.max(...values.map(v => typeof v === 'number' ? Math.abs(v) : 0)) || 1;
  const rows = [];
  for (let i = 0; i < values.length; i += columns) {
    rows.push(make('tr', {}, values.slice(i, i + columns).map(v => make('td', {
      class: v < 0 ? 'negative' : null, style: typeof v === 'number' ? `--size:${Math.abs(v) / largest}` : null,
    }, short(v)))));
  }
  return make('div', {class: 'scrolls', tabindex: '0', role: 'group', 'aria-label': 'the elements'},
    make('table', {class: 'numbers'}, make('tbody', {}, rows)));
}

/** The range of a large array as a bar: from the least to the greatest, the mean and its deviation marked. */
function statsView(stats) {
  const {min, max, mean, std, zeros, nans, infinities, first} = stats;
  const facts = [];
  if (typeof mean === 'number') {
    const at = v => max > min ? 100 * within((v - min) / (max - min), 0, 1) : 50;
    const from = at(mean - std), to = at(mean + std);
    facts.push(make('div', {class: 'range', role: 'img',
                            'aria-label': `from ${short(min)} to ${short(max)}, mean ${short(mean)}`},
      make('span', {class: 'deviation', style: `left:${from}%;width:${Math.max(1, to - from)}%`}),
      make('span', {class: 'mean', style: `left:${at(mean)}%`})),
    make('div', {class: 'ends'}, make('span', {}, short(min)), make('span', {}, `μ ${short(mean)} ± ${short(std)}`),
      make('span', {}, short(max))));
  }
  const odd = [[zeros, 'zero'], [nans, 'NaN'], [infinities, 'infinity']].filter(([count]) => count);
  if (odd.length) {
    facts.push(make('p', {class: nans || infinities ? 'alarm' : 'faint'},
      odd.map(([count, word]) => `${count.toLocaleString('en')} × ${word}`).join(', ')));
  }
  if (first) facts.push(make('p', {class: 'faint'}, `begins ${first.map(short).join(', ')} …`));
  return make('div', {}, facts);
}

/** Is a value told by all its elements where there is room for a word only? */
function isTold(value) {
  return !!value && !!value.values && value.values.length <= 3;
}

/** What a write left, in a word: a few numbers as they are; of more, how far the write moved them. */
function writeText(value, moved) {
  return isTold(value) || !moved ? valueText(value) : `${shapeText(value.shape)} ${movedText(moved)}`;
}

function placeText(index) {
  return index.length ? ` at [${index.join(', ')}]` : '';
}

function signed(value) {
  return value > 0 ? `+${short(value)}` : short(value).replace('-', '−');
}

/** The largest change in a word. */
function movedText({changed, largest, index}) {
  return changed ? `Δ ${signed(largest)}${placeText(index)}` : 'Δ 0';
}

/** How far a write moved a variable: the largest change, where it is, what stood there, and the norm of all. */
function differenceView({changed, index, before, after, largest, norm}, {shape}) {
  const size = shape.reduce((all, each) => all * each, 1);
  if (!changed) return make('p', {class: 'difference'}, 'Nothing changed: each element is what it was.');
  if (size === 1) return make('dl', {class: 'difference'}, make('dt', {}, 'change'), make('dd', {}, signed(largest)));
  return make('dl', {class: 'difference'},
    make('dt', {}, 'largest change'), make('dd', {}, `${signed(largest)}${placeText(index)}`),
    make('dt', {}, 'there'), make('dd', {}, `${short(before)} → ${short(after)}`),
    make('dt', {}, 'norm of the change'), make('dd', {}, short(norm)),
    make('dt', {}, 'changed'), make('dd', {}, `${changed.toLocaleString('en')} of ${amount(size, 'element')}`));
}
