// The page works without this: it adds the filter, the copy buttons and the page's own address, and closes the contents on a phone.

const contents = document.querySelector('#contents');
const filter = document.querySelector('#filter');
const found = document.querySelector('#found');
const items = [...contents.querySelectorAll('[data-words]')];
const groups = [...contents.querySelectorAll('.nav-group')];

const narrow = () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of items) item.hidden = !words.every((word) => item.dataset.words.includes(word));
  for (const group of groups) group.hidden = group.querySelector('li:not([hidden])') === null;
  const shown = items.filter((item) => !item.hidden).length;
  found.textContent = words.length > 0 ? `${shown} of ${items.length} operations` : '';
};

filter.closest('.filter').hidden = false;
filter.addEventListener('input', narrow);
filter.addEventListener('keydown', (event) => {
  const first = items.find((item) => !item.hidden);
  if (event.key === 'Enter' && first) first.querySelector('a').click();
});

contents.addEventListener('click', (event) => {
  if (event.target.closest('a') && contents.matches(':popover-open')) contents.hidePopover();
});

const copy = async (code, button) => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
};

for (const block of document.querySelectorAll('pre[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => copy(block.querySelector('code'), button));
  block.parentElement.querySelector('figcaption').append(button);
}

for (const place of document.querySelectorAll('[data-origin]')) place.textContent = location.origin;
