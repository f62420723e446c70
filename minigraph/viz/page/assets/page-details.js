// The panel: the details of what is selected.

/** A button that goes to a node; also to one that is not drawn, such as a constant. */
function linkTo(app, op, text) {
  return make('button', {class: 'link', type: 'button', onclick: () => app.goTo(op)}, text || app.graph.names[op]);
}

/** A name that is wrapped where it is put together. */
function breakable(name) {
  return name.split(/(?<=[/_.:-])/).flatMap((part, i) => i ? [make('wbr'), part] : [part]);
}

/** What a box is called aloud: what is written in it, and what is told of it by its shape, or cut for want of room. */
function spokenName(graph, thing, element) {
  const texts = [...element.children].filter(child => child.localName === 'text').map(text => text.textContent);
  const written = texts.filter(Boolean).join(' '), nodes = amount(thing.count, 'node');
  const rest = thing.kind === 'op' ? [thing.path, graph.type(thing.op)] : [nodes];
  return [written, ...rest.filter(text => !written.split(' ').includes(text) && !written.endsWith(text))].join(', ');
}

/** The same for a node that may lie in another graph, such as the body of a function. */
function linkInto(app, graph, op) {
  const go = () => {
    if (app.graph !== graph) app.goInto(graph);
    app.goTo(op);
  };
  return make('button', {class: 'link', type: 'button', onclick: go}, graph.names[op]);
}

function section(heading, ...content) {
  return make('section', {}, make('h3', {}, heading), content);
}

function facts(pairs) {
  return make('dl', {}, pairs.map(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
}

/** Facts of which the first few are shown, and all of them on request. */
function factsOf(pairs, most = 12) {
  const shown = make('div', {}, facts(pairs.slice(0, most)));
  if (pairs.length > most) {
    shown.append(make('button', {class: 'quiet', type: 'button', onclick: () => refill(shown, facts(pairs))},
      `and ${pairs.length - most} more`));
  }
  return shown;
}

/** A list that shows its first few entries, and all of them on request. */
function listOf(entries, most = 8) {
  const list = make('ul', {class: 'plain'}, entries.slice(0, most).map(entry => make('li', {}, entry)));
  if (entries.length <= most) return list;
  const more = make('button', {class: 'quiet', type: 'button', onclick: () => {
    more.remove();
    list.append(...entries.slice(most).map(entry => make('li', {}, entry)));
  }}, `and ${entries.length - most} more`);
  return make('div', {}, list, more);
}

/** What the panel says of a node. */
function nodeView(app, op) {
  const {graph} = app, name = graph.names[op];
  const slash = name.lastIndexOf('/') + 1;
  return [
    make('header', {class: 'node'},
      make('p', {class: 'path'}, slash ? name.slice(0, slash) : ''),
      make('h2', {tabindex: '-1'}, name.slice(slash)),
      make('p', {class: 'tags'}, make('span', {class: 'type'}, graph.type(op)),
        stageTag(app, op), roleTag(graph, op))),
    docView(graph, op),
    app.findings.viewOf(op),
    app.notes.viewOf(op),
    sourceView(graph, op),
    flowView(app, op),
    gradientView(app, op),
    stateView(app, op),
    bodiesView(app, op),
    placeInBodyView(app, op),
    graph.attributes(op).length ? section('Attributes', facts(graph.attributes(op))) : null,
    section('Ask', make('div', {class: 'buttons'},
      make('button', {type: 'button', onclick: () => app.modes.fetch.ask(op)}, 'What would fetching it run?'))),
  ];
}

function stageTag(app, op) {
  const stage = app.graph.stage(op);
  return stage === 'forward' ? null : make('span', {class: `stage stage-${stage}`}, stage.replace(/_/g, ' '));
}

const ROLE_WORDS = {variable: 'variable', read: 'variable read', placeholder: 'placeholder', constant: 'constant',
                    init: 'initializer', update: 'writes a variable', summary: 'summary',
                    control: 'runs other operations', loss: 'the loss', train_op: 'train op',
                    helper: 'shape computation'};

function roleTag(graph, op) {
  const words = ROLE_WORDS[graph.role(op)];
  return words ? make('span', {class: 'role'}, words) : null;
}

function docView(graph, op) {
  const doc = graph.doc(op);
  return doc ? make('p', {class: 'doc'}, doc) : null;
}

function sourceView(graph, op) {
  const frames = graph.frames(op);
  if (!frames.length) return null;
  return section('Made at', make('ol', {class: 'source'}, frames.slice(0, 3).map(([file, line, text]) =>
    make('li', {}, make('span', {class: 'where'}, `${file}:${line}`), text ? make('code', {}, text) : null))));
}

function flowView(app, op) {
  const {graph} = app, names = graph.inputNamesOf(op), users = graph.users[op], waiting = graph.waiting[op] || [];
  const row = (label, link, text) => [make('span', {class: 'faint'}, label), ' ', link, ' ',
                                      make('span', {class: 'shape'}, text)];
  const inputs = graph.sources[op].map(([source, output], i) =>
    row(names[i] || '', linkTo(app, source), graph.outputTexts(source)[output]));
  const outputs = graph.outputTexts(op).map((text, i) => [make('span', {class: 'faint'}, `:${i}`), ' ',
                                                          make('span', {class: 'shape'}, text)]);
  return [
    inputs.length ? section('Inputs', listOf(inputs)) : null,
    outputs.length ? section('Outputs', listOf(outputs)) : null,
    users.length ? section('Used by', listOf([...new Set(users)].map(user => linkTo(app, user)))) : null,
    graph.controls(op).length ? section('Waits for', listOf(graph.controls(op).map(o => linkTo(app, o)))) : null,
    waiting.length ? section('Must run before', listOf(waiting.map(o => linkTo(app, o)))) : null,
  ];
}

function gradientView(app, op) {
  const {graph} = app, forward = graph.gradientOf[op], gradients = graph.gradients[op] || [];
  return [
    forward === undefined ? null : section('Differentiates', linkTo(app, forward)),
    gradients.length ? section('Differentiated by', listOf(gradients.map(o => linkTo(app, o)))) : null,
  ];
}

function stateView(app, op) {
  const {graph} = app;
  const of = links => Object.keys(links).map(Number).filter(other => links[other].includes(op));
  const isVariable = graph.role(op) === 'variable';
  const writers = isVariable ? of(graph.writes) : [], readers = isVariable ? of(graph.reads) : [];
  const list = (heading, ops) => ops.length ? section(heading, listOf(ops.map(o => linkTo(app, o)))) : null;
  return [list('Written by', writers), list('Read by', readers),
          list('Writes', graph.writesOf(op)), list('Reads', graph.readsOf(op))];
}

/** The bodies of the functions that an operation calls, such as the branches of a conditional, to go into. */
function bodiesView(app, op) {
  const bodies = app.graph.bodies[op];
  return bodies ? section('Calls', make('div', {class: 'buttons'}, bodies.map(([name, number]) => make('button', {
    type: 'button', onclick: () => app.goInto(app.graphs[number])},
  `${name.replace(/_/g, ' ')} · ${amount(app.graphs[number].size, 'node')}`)))) : null;
}

/** What a node is to the operation that calls the body in which it lies: which arguments, and which results. */
function placeInBodyView(app, op) {
  const {graph} = app, {body, caller} = graph, back = i => caller && caller.name === 'body' && body.outputs[i];
  const came = i => caller && caller.graph.sources[caller.op][i + body.skipped];
  const lines = [
    ...graph.argumentsOf(op).map(i => [`argument ${i}`, came(i) ? ` is ${tensorText(caller.graph, came(i))}` : '',
      back(i) && back(i)[0] >= 0 ? [' at first, then result ', `${i}, `, linkTo(app, back(i)[0])] : '']),
    ...graph.resultsOf(op).map(i => [`result ${i}`, caller && caller.name === 'body'
      ? [' goes back to argument ', `${i}, `, linkTo(app, body.inputs[i])] : ''])];
  return lines.length ? section('In the body', listOf(lines)) : null;
}

/** What the panel says of a body as a whole: what comes in, and what goes out. */
function bodyView(app) {
  const {graph} = app, {body, caller} = graph;
  if (!body || !caller) return null;
  const of = caller.graph.names[caller.op], sources = caller.graph.sources[caller.op];
  const row = cells => make('tr', {}, cells.map(cell => make('td', {}, cell)));
  const name = op => op < 0 ? '' : linkTo(app, op, breakable(graph.names[op]));
  const rows = Array.from({length: Math.max(body.inputs.length, body.outputs.length)}, (_, i) => row([String(i),
    sources[i + body.skipped] && i < body.inputs.length ? tensorText(caller.graph, sources[i + body.skipped]) : '',
    i < body.inputs.length ? name(body.inputs[i]) : '', i < body.outputs.length ? name(body.outputs[i][0]) : '']));
  return section(`Arguments and results of ${caller.name} of ${of}`,
    caller.name === 'body' ? make('p', {class: 'faint'}, 'Each result goes back to the argument in its row.') : null,
    make('table', {class: 'flows'}, make('thead', {}, make('tr', {}, ['', 'given', 'argument', 'result'].map(
      head => make('th', {}, head)))), make('tbody', {}, rows)));
}

/** What the panel says of a scope, a group or a stage. */
function scopeView(app, thing) {
  const {graph} = app, ops = nodesIn(graph, thing);
  const types = [...grouped(ops, op => graph.type(op))].sort((a, b) => b[1].length - a[1].length);
  const lines = new Set(ops.map(op => graph.frames(op)[0]).filter(Boolean).map(([file, line]) => `${file}:${line}`));
  const variables = ops.filter(op => graph.role(op) === 'variable');
  return [
    make('header', {class: 'node'}, make('p', {class: 'path'}, thing.path === titleOf(thing) ? '' : thing.path),
      make('h2', {tabindex: '-1'}, titleOf(thing)),
      make('p', {class: 'tags'}, make('span', {class: 'type'}, amount(thing.count, 'node')))),
    make('div', {class: 'buttons'},
      make('button', {type: 'button', class: 'main', onclick: () => app.toggle(thing)},
        thing.isOpen ? 'Close' : 'Open')),
    section('Types', factsOf(types.map(([type, found]) => [type, `× ${found.length}`]))),
    variables.length ? section('Variables', listOf(variables.map(op => [
      linkTo(app, op), ' ', make('span', {class: 'shape'}, graph.outputTexts(op)[0])]))) : null,
    lines.size ? section('Made at', make('p', {class: 'where'}, [...lines].slice(0, 6).join(', ') +
                                         (lines.size > 6 ? ', …' : ''))) : null,
  ];
}

/** What the panel says when nothing is selected. */
function overview(app) {
  const {graph, tree} = app, count = role => graph.roles.filter(r => graph.tables.roles[r] === role).length;
  if (!graph.size) return [make('p', {class: 'faint'}, 'The graph is empty: it has no operations.')];
  const numbers = [[count('variable'), 'variable'], [count('placeholder'), 'placeholder'],
                   [graph.links.length, 'arrow'], [app.runs.length, 'recorded run']].filter(([n]) => n);
  return [
    make('header', {class: 'node'}, make('p', {class: 'path page-title'}, app.title),
      make('h2', {tabindex: '-1'}, amount(graph.size, 'node')),
      make('p', {class: 'faint'}, numbers.map(([n, noun]) => amount(n, noun)).join(' · '))),
    bodyView(app),
    app.findings.view(),
    tree.root.children.length > 1 ? stageList(app) : null,
    app.notes.view(),
    section('Hints', make('ul', {class: 'hints'},
      make('li', {}, 'Click a box for its details; double-click it, or click its +, to open it.'),
      make('li', {}, 'Drag to move, scroll or pinch to zoom.'),
      make('li', {}, 'Press ', make('kbd', {}, '/'), ' to search and ', make('kbd', {}, '?'), ' for all shortcuts.'))),
    section('Legend', legend(app)),
  ];
}

/** The stages, each to be shown or not: what is the user's own, and what a call such as optimize_loss added. */
function stageList(app) {
  const {graph, tree} = app, added = tree.root.children.filter(s => s.stage !== 'forward' && !graph.bytes);
  const row = s => make('li', {}, make('button', {
    type: 'button', class: `stage-row stage-${s.palette}`, 'aria-pressed': String(!s.isHidden), 'data-stage': s.id,
    onclick: () => app.showStages([s], s.isHidden)},
    make('span', {class: 'number'}, String(s.number)), make('span', {class: 'name'}, s.title),
    make('span', {class: 'count'}, String(s.count.toLocaleString('en')))));
  const anyShown = added.some(s => !s.isHidden);
  return section('Parts', make('ol', {class: 'stages'}, tree.root.children.map(row)),
    added.length ? make('button', {type: 'button', class: 'quiet', id: 'toggle-training',
                                   onclick: () => app.showStages(added, !anyShown)},
      anyShown ? 'Hide what training added' : 'Show what training added') : null);
}

/** The legend of the shapes and arrows that occur. */
function legend(app) {
  const sign = (role, words) => make('li', {}, draw('svg', {viewBox: '-2 -3 50 25', 'aria-hidden': 'true',
                                                            class: `sign role-${role}`},
    draw('path', {class: 'body', d: outline(role, 46, 20)})), words);
  const arrow = (kind, words) => make('li', {}, draw('svg', {
    viewBox: '-2 -3 50 25', 'aria-hidden': 'true', class: 'sign'}, draw('g', {class: `flow ${kind}`}, draw('path', {
      class: 'line', d: 'M2 10H44', 'marker-end': kind === 'write' ? null : `url(#head-${kind})`,
      'marker-start': kind === 'write' ? 'url(#tail-write)' : null}))), words);
  const roles = new Set(app.graph.roles.map(role => app.graph.tables.roles[role]).map(
    role => role === 'gradient' || role === 'read' ? 'forward' : role));
  const kinds = new Set(app.graph.links.map(link => link.kind));
  if (app.tree.root.children.some(part => part.children.some(child => child.kind !== 'op'))) roles.add('scope');
  return make('ul', {class: 'legend'},
    LEGEND.filter(([role]) => roles.has(role)).map(([role, words]) => sign(role, words)),
    [['data', 'a tensor flows'], ['control', 'must run first'], ['write', 'writes the variable']]
      .filter(([kind]) => kinds.has(kind)).map(([kind, words]) => arrow(kind, words)));
}

const LEGEND = [['placeholder', 'placeholder'], ['variable', 'variable'], ['forward', 'operation'],
                ['loss', 'the loss'], ['update', 'writes variables'], ['summary', 'summary'],
                ['control', 'runs other operations'],
                ['train_op', 'train op'], ['scope', 'closed scope']];
