// Labels: the words at arrows, put along their arrows where they cover no box, no title and no other words.

const WORDS_FONT = '700 11px Helvetica, Arial, sans-serif', BADGE_FONT = '700 12px Helvetica, Arial, sans-serif';
const BADGE_BASE = 3;                                   // on the outline of a box, clear of the title of its frame
const BETWEEN = 8;                                      // the words of two arrows that stand on one line
const SHARES = [0.5, 0.38, 0.62, 0.26, 0.74, 0.14, 0.86];   // how far along its arrow words may stand, best first

/** Gives words their places, those of the current step first, then values; words for which there is no room go. */
function placeLabels(routes, things, badgeOf) {
  const taken = things.flatMap(thing => spaceOf(thing, badgeOf(thing)));
  const lines = routes.filter(({isBent}) => isBent).flatMap(piecesOf);
  const rank = ({segment}) => (segment.element.dataset.state === 'now' ? 0 : segment.words.matches('.noted') ? 1 : 2);
  for (const route of [...routes].sort((a, b) => rank(a) - rank(b))) {
    const {words} = route.segment, text = words.textContent;
    if (!text) continue;
    const free = placesOf(route).map(at => around(at, text)).filter(each => !taken.some(other => overlap(each, other)));
    const clear = own => each => !lines.some(line => (own || line.route !== route) && overlap(each, line));
    const space = free.find(clear(true)) || free.find(clear(false)) || free[0];
    words.textContent = space ? text : '';
    if (!space) continue;
    words.setAttribute('x', space.x + space.width / 2);
    words.setAttribute('y', space.y + 10);
    taken.push({...space, x: space.x - BETWEEN, width: space.width + 2 * BETWEEN});
  }
}

/** The straight pieces of a line with corners, as thin rectangles: other words had better not stand on them. */
function piecesOf(route) {
  return route.points.slice(1).map((b, i) => {
    const a = route.points[i];
    return {route, x: Math.min(a.x, b.x) - 1, y: Math.min(a.y, b.y) - 1, width: Math.abs(a.x - b.x) + 2,
            height: Math.abs(a.y - b.y) + 2};
  });
}

function placesOf(route) {
  const above = ({x, y}) => ({x, y: route.isBent ? y - ABOVE : y});
  return [route.label || middleOf(route.points), ...SHARES.map(share => above(pointAlong(route, share)))];
}

function around({x, y}, text) {
  const width = textWidth(text, WORDS_FONT) + 4;
  return {x: x - width / 2, y: y - 6, width, height: 13};
}

/** What words may not cover of a thing: a closed box, or the title of a frame and the sign that closes it. */
function spaceOf(thing, badge) {
  const {x, y, width, height} = thing.place;
  if (thing.children && thing.isOpen) {
    if (isBare(thing)) return [];
    return [{x: x + 8, y, width: titleSpace(thing) + 8, height: 22}, {x: x + width - 28, y, width: 28, height: 22}];
  }
  const wide = badge ? textWidth(badge, BADGE_FONT) : 0;
  const badges = badge ? [{x: x + width - 4 - wide, y: y + BADGE_BASE - 12, width: wide, height: 14}] : [];
  return [{x, y, width, height}, ...badges];
}

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
