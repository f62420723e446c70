// The first look: as much is open as can be read.

const LEAST_SCALE = 1;            // at which all text is legible: at the first look also where not all then fits
const NARROW = 600;
const SCREENS = 3;                // so many may be scrolled through where the screen is narrow
const MOST_SEEN = 60;             // boxes and frames
const FEW = 5;                    // with fewer the canvas is bare: better a part of more than all of that
const MOST_FAILURES = 12;         // to find out what fits takes a layout each time

/**
 * Opens as much as fits while all stays legible: outer scopes first; those that a static picture would open before
 * others, and those of the first part before those of the parts that training added.
 */
function openWhatFits(app) {
  const {root} = app.tree, [lead] = root.children, found = [];
  walk(root, thing => { if (thing.children && thing.depth > 0) found.push([thing, thing.isOpen]); });
  const change = (thing, isOpen) => { thing.isOpen = isOpen; forgetLayout(thing); };
  const rank = ([thing, wasOpen]) => 1000 * !wasOpen + 500 * !isInside(thing, lead) + thing.depth;
  const order = found.map(each => [rank(each), each[0]]).sort((a, b) => a[0] - b[0]);
  for (const [thing] of found) change(thing, thing === lead);
  app.arrange();
  let failures = 0;
  for (const [, thing] of order) {
    if (failures > MOST_FAILURES) break;
    if (thing.isOpen || !thing.parent.isOpen) continue;
    const isBare = seenThings(root).length < FEW;
    change(thing, true);
    if (seenThings(root).length <= MOST_SEEN && (isBare || allFits(app))) continue;
    change(thing, false);
    failures += 1;
  }
  app.arrange();
}

/** Is all that is open legible? Where the screen is narrow only the first part is open, and its width counts. */
function allFits(app) {
  const {root} = app.tree, [lead, ...others] = root.children;
  if (!app.isNarrow) {
    app.arrange();
    return app.camera.scaleFor(layoutOf(app.graph, root)) >= LEAST_SCALE;
  }
  const {width, height} = sizeOf(app.graph, lead);
  return app.camera.scaleFor({width, height: height / SCREENS}) >= LEAST_SCALE && !others.some(each => each.isOpen);
}
