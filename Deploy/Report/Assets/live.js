// Keeps the page up to date while training runs. What the server sends is shown as text; its markup is parsed but never run.
'use strict';

(() => {
  const followed = 'h3, dd, figcaption, summary, main p, pre';
  const lost = 'The training process does not answer: it has ended without a word, or the connection is lost. The page shows what was known last.';
  const notice = document.querySelector('.notice');

  const plots = root => [...root.querySelectorAll('.plot')].map(plot => plot.id).join(' ');

  function setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  // In place as long as there are the same parts, so that nobody loses the row or the link that they are at.
  function showMain(main, next) {
    const [texts, newTexts] = [main, next].map(root => [...root.querySelectorAll(followed)]);
    const [bodies, newBodies] = [main, next].map(root => [...root.querySelectorAll('tbody')]);
    if (plots(main) !== plots(next) || texts.length !== newTexts.length || bodies.length !== newBodies.length) {
      main.replaceWith(document.adoptNode(next));
      return;
    }
    texts.forEach((element, index) => setText(element, newTexts[index].textContent));
    bodies.forEach((body, index) => body.isEqualNode(newBodies[index]) || body.replaceWith(document.adoptNode(newBodies[index])));
  }

  function show(update) {
    document.title = update.tab;
    setText(document.querySelector('h1'), update.title);
    setText(document.querySelector('.lead'), update.lead);
    setText(notice, update.notice);
    showMain(document.querySelector('main'), new DOMParser().parseFromString(update.main, 'text/html').querySelector('main'));
    document.dispatchEvent(new CustomEvent('charts', { detail: update.charts }));
  }

  const updates = new EventSource('updates');
  updates.addEventListener('message', event => {
    const update = JSON.parse(event.data);
    if (update.isEnded) {
      updates.close();
    }
    show(update);
  });
  updates.addEventListener('error', () => setText(notice, lost)); // the browser tries again by itself, unless it was sent away
})();
