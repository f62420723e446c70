// What is on the page: the bar on top, the picture, the panel.

/** Puts everything on the page, and gives the parts that change. */
function pageOf(app) {
  const tabs = Object.values(app.modes).map((mode, i) => make('button', {
    type: 'button', role: 'tab', id: `mode-${mode.name}`, 'aria-controls': 'panel',
    title: `${mode.label} (${i + 1})`, onclick: () => app.setMode(mode.name)}, mode.label));
  const canvas = make('div', {class: 'canvas'}, app.picture.svg);
  const tools = make('div', {class: 'tools', role: 'toolbar', 'aria-label': 'zoom'},
    tool('zoom-in', 'zoom in', () => app.camera.approach(1.3)),
    tool('zoom-out', 'zoom out', () => app.camera.approach(1 / 1.3)),
    tool('fit', 'fit', () => app.camera.fit(0, true)));
  const told = make('p', {class: 'unseen', role: 'status'});
  const content = make('div', {id: 'panel', role: 'tabpanel', tabindex: '-1', 'aria-label': 'details'});
  const panel = make('aside', {class: 'panel', 'aria-label': 'details'}, content);
  const bar = make('div', {class: 'below'});
  document.body.append(
    make('header', {class: 'top'}, make('h1', {title: app.title}, app.title),
      make('div', {class: 'tabs', role: 'tablist', 'aria-label': 'mode'}, tabs), app.searchBox.element, tools,
      make('div', {class: 'actions'},
        tool('download', 'save this view as SVG', () => app.save(), 'export'),
        tool('theme', 'switch between light and dark', () => app.changeTheme(), 'theme'),
        tool('help', 'keyboard shortcuts', () => app.help.showModal(), 'help'))),
    make('div', {class: 'middle'}, make('main', {class: 'left'}, canvas, bar), panel),
    told, app.help);
  return {tabs, canvas, panel, content, bar, told};
}

const ICONS = {
  'zoom-in': 'M8 3V13M3 8H13', 'zoom-out': 'M3 8H13', fit: 'M3 6V3H6M10 3H13V6M13 10V13H10M6 13H3V10',
  download: 'M8 2V10M4.5 7L8 10.5L11.5 7M3 13.5H13',
  theme: 'M8 2.5A5.5 5.5 0 1 0 8 13.5ZM8 2.5A5.5 5.5 0 0 1 8 13.5',
  help: 'M5.5 6A2.5 2.5 0 1 1 8 8.5V10M8 12.5V13', play: 'M5 3L12 8L5 13Z', pause: 'M5 3V13M11 3V13',
  first: 'M4 3V13M12 3L6 8L12 13Z', last: 'M12 3V13M4 3L10 8L4 13Z', back: 'M10.5 3L5 8L10.5 13',
  on: 'M5.5 3L11 8L5.5 13'};

function icon(name) {
  return draw('svg', {class: `icon ${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true'},
    draw('path', {d: ICONS[name]}));
}

function tool(name, label, act, id) {
  return make('button', {type: 'button', class: 'tool', id, 'aria-label': label, title: label, onclick: act},
    icon(name));
}
