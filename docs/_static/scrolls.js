// What scrolls sideways can be scrolled by keyboard: it takes the focus, as long as it is wider than its place.
const reach = () => {
  for (const element of document.querySelectorAll('pre, .table-wrapper')) {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  }
};
reach();
addEventListener('load', reach);
addEventListener('resize', reach);
