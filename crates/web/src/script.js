// Opens the report beside the value whose words were chosen. Without it every link leads to the same words below.
'use strict';
(() => {
  let panel, from;
  const target = (a) => document.getElementById(decodeURIComponent(a.hash.slice(1)));
  const close = () => {
    if (!panel) return;
    panel.remove();
    panel = null;
    document.documentElement.classList.remove('reading');
    if (from) { from.classList.remove('chosen'); from.focus({ preventScroll: true }); }
  };
  const button = (text, act) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = text;
    b.addEventListener('click', act);
    return b;
  };
  const open = (a, words) => {
    const report = words.closest('.report'), text = words.closest('.text');
    if (!report || !text) return false;
    close();
    const before = a.getBoundingClientRect().top;
    const copy = text.cloneNode(true);
    copy.querySelectorAll('style').forEach((s) => s.remove());
    copy.querySelectorAll('[id]').forEach((e) => { e.dataset.of = e.id; e.removeAttribute('id'); });
    const lit = [...copy.querySelectorAll('[data-of]')].filter((e) => e.dataset.of === words.id);
    lit.forEach((e) => e.classList.add('lit'));
    panel = document.createElement('aside');
    panel.id = 'panel';
    panel.setAttribute('aria-label', 'The words in their report');
    panel.tabIndex = -1;
    const head = document.createElement('header'), title = document.createElement('p');
    const heading = report.querySelector('summary, header');
    title.textContent = heading ? heading.textContent.trim().replace(/\s+/g, ' ') : '';
    head.append(title, button('In the report', () => { const id = words.id; close(); location.hash = id; }), button('Close', close));
    panel.append(head, copy);
    document.body.append(panel);
    document.documentElement.classList.add('reading');
    from = a;
    a.classList.add('chosen');
    // The page may have become narrower: what was chosen stays where it was, and above a panel at the bottom.
    scrollBy(0, a.getBoundingClientRect().top - before);
    const box = a.getBoundingClientRect(), top = panel.getBoundingClientRect().top;
    if (top > 0 && box.bottom > top) scrollBy(0, box.bottom - top + 12);
    if (lit[0]) copy.scrollTop = lit[0].getBoundingClientRect().top - copy.getBoundingClientRect().top - copy.clientHeight / 3;
    panel.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener('click', (e) => {
    if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const a = e.target.closest && e.target.closest('a.w');
    const words = a && a.hash && target(a);
    if (words && open(a, words)) e.preventDefault();
  });
  document.addEventListener('keydown', (e) => { if (e.key === 'Escape') close(); });
  // Older browsers do not open what is folded around a link's target.
  const reveal = () => {
    const aim = location.hash && target(location);
    if (!aim) return;
    for (let d = aim.closest('details'); d; d = d.parentElement.closest('details')) d.open = true;
    aim.scrollIntoView({ block: aim.closest('.text') ? 'center' : 'start' });
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
})();
