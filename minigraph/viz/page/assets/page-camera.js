// The camera: drag to move, wheel or two fingers to zoom.

const NEAREST = 3, GLIDE = 260, MARGIN = 16, STILL = 4;
const LARGEST = 2.2;            // a small graph is not drawn larger than that to fill the screen

class Camera {
  constructor(app) {
    this.app = app;
    Object.assign(this, {x: 0, y: 0, scale: 1, pointers: new Map(), dragged: 0});
    const {svg} = app.picture;
    svg.addEventListener('pointerdown', event => this.press(event));
    svg.addEventListener('pointermove', event => this.move(event));
    for (const end of ['pointerup', 'pointercancel']) svg.addEventListener(end, event => this.release(event));
    svg.addEventListener('wheel', event => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), ...this.at(event));
    }, {passive: false});
  }

  get view() { return this.app.room; }

  apply(glides) {
    const {sheet, svg} = this.app.picture;
    svg.classList.toggle('gliding', !!glides);
    clearTimeout(this.timer);
    if (glides) this.timer = setTimeout(() => svg.classList.remove('gliding'), GLIDE + 40);
    sheet.setAttribute('transform', `translate(${this.x} ${this.y}) scale(${this.scale})`);
    sheet.style.transform = `translate(${this.x}px,${this.y}px) scale(${this.scale})`;
  }

  at(event) {
    const {left, top} = this.app.picture.svg.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  press(event) {
    const [x, y] = this.at(event);
    this.pointers.set(event.pointerId, {x, y});
    this.dragged = 0;
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const [x, y] = this.at(event), now = {x, y};
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.dragged > STILL) this.app.picture.svg.setPointerCapture(event.pointerId);
    if (others.length) {
      const [other] = others, distance = p => Math.hypot(p.x - other.x, p.y - other.y) || 1;
      this.zoom(distance(now) / distance(before), other.x, other.y);
    } else if (this.dragged > STILL) {
      this.x += now.x - before.x;
      this.y += now.y - before.y;
      this.apply();
    }
    this.pointers.set(event.pointerId, now);
  }

  release(event) {
    this.pointers.delete(event.pointerId);
  }

  /** Zooms at the middle, gently. */
  approach(factor) {
    this.zoom(factor, this.view.width / 2, this.view.height / 2, true);
  }

  /** Was the click that comes now the end of a drag? */
  wasDragged() {
    const {dragged} = this;
    this.dragged = 0;
    return dragged > STILL;
  }

  zoom(factor, x, y, glides = false) {
    const scale = within(this.scale * factor, Math.min(0.05, this.scale), NEAREST);
    this.x = x - (x - this.x) * scale / this.scale;
    this.y = y - (y - this.y) * scale / this.scale;
    this.scale = scale;
    this.apply(glides);
  }

  /** The scale at which a sheet is seen as a whole. */
  scaleFor({width, height}) {
    const {width: across, height: down} = this.view;
    return Math.min((across - 2 * MARGIN) / (width || 1), (down - 2 * MARGIN) / (height || 1), LARGEST);
  }

  /** Shows the whole sheet, or, where it would be too small to be read, its beginning. */
  fit(least = 0, glides = false) {
    const {width, height} = this.app.picture.size, view = this.view;
    this.scale = Math.max(this.scaleFor(this.app.picture.size), least);
    const [first] = this.app.tree.root.children.filter(child => !child.isHidden);
    const place = first && first.place || {x: 0, y: 0};
    // What begins in sight shall end there too: where it has just room for itself the margins are narrower.
    const start = (size, room, from, length) => size * this.scale + 2 * MARGIN <= room + 1
      ? (room - size * this.scale) / 2 : within((room - length * this.scale) / 2, EDGE / 2, MARGIN) - from * this.scale;
    this.x = start(width, view.width, place.x, place.width || 0);
    this.y = start(height, view.height, place.y, 0);
    this.apply(glides);
    this.fitted = {x: this.x, y: this.y, scale: this.scale, isWhole: this.scale <= this.scaleFor({width, height})};
  }

  /** Shows the whole sheet again after a change of the canvas, if nobody has moved it since; all stays legible. */
  refit() {
    const {x, y, scale, isWhole} = this.fitted || {};
    if (!isWhole || x !== this.x || y !== this.y || scale !== this.scale) return;
    this.fit(Math.min(LEAST_SCALE, scale));
    this.fitted.isWhole = true;
  }

  /** Moves a thing that was opened so that all of it is in sight; zooms out if need be, while it is legible. */
  uncover(place, least) {
    const {width, height} = this.view, scale = Math.min(this.scale, Math.max(this.scaleFor(place), least));
    this.x += place.x * (this.scale - scale);
    this.y += place.y * (this.scale - scale);
    this.scale = scale;
    const shift = (start, size, room) => size > room - 2 * MARGIN || start < MARGIN ? MARGIN - start
      : Math.min(0, room - MARGIN - start - size);
    this.x += shift(place.x * scale + this.x, place.width * scale, width);
    this.y += shift(place.y * scale + this.y, place.height * scale, height);
    this.apply(true);
  }

  /** Moves a thing into sight, if it is not. */
  bringIn(place) {
    const view = this.view, {size} = this.app.picture, margin = 40;
    // The sheet is moved no further than it must be: where all of it has room none of it goes out of sight.
    const shift = (start, length, sheet, room, from) => {
      if (start >= MARGIN / 2 && start + length <= room - MARGIN / 2) return 0;
      const wanted = length > room - 2 * margin ? margin - start : (room - length) / 2 - start;
      const ends = [MARGIN, room - MARGIN - sheet].sort((a, b) => a - b);
      return within(from + wanted, ...ends) - from;
    };
    const along = (start, length, sheet, room, from) =>
      shift(start * this.scale + from, length * this.scale, sheet * this.scale, room, from);
    const across = along(place.x, place.width, size.width, view.width, this.x);
    const down = along(place.y, place.height, size.height, view.height, this.y);
    if (!across && !down) return;
    this.x += across;
    this.y += down;
    this.apply(true);
  }

  /** Carries out a change of places that leaves one thing where it is on the screen. */
  holding(thing, change) {
    const before = thing.place && {...thing.place};
    change();
    if (before && thing.place) {
      this.x += (before.x - thing.place.x) * this.scale;
      this.y += (before.y - thing.place.y) * this.scale;
    }
    this.apply(true);
  }
}
